package dev.firn.generator.company;

/**
 * A family of products.
 *
 * @param kind vehicle, accessory or service
 * @param cheapest list price in whole dollars
 * @param dearest list price in whole dollars
 */
record Family(String code, String title, String kind, int cheapest, int dearest) {
    boolean isVehicle() {
        return kind.equals("vehicle");
    }
}
