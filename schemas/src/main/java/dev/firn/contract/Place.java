package dev.firn.contract;

/** Where in a schema something stands, for messages. */
record Place(String schema, FieldPath path) {
    ContractException refuse(String problem) {
        String field = path.steps().isEmpty() ? "" : ", field " + path;
        return new ContractException("contract of " + schema + field + ": " + problem);
    }
}
