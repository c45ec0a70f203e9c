package dev.firn.contract;

/** A schema's contract properties can't be read. The message names the schema, the field and the text at fault. */
public class ContractException extends RuntimeException {
    public ContractException(String message) {
        super(message);
    }
}
