package dev.firn.generator.company;

/** A city where customers live and visitors sit. */
record Place(String city, String region, double latitude, double longitude) {}
