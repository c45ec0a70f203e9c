package dev.firn.serde;

import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make objects of generated classes. Avro loads classes by the names that schemas give, and trusts none of an
 * application's own unless it is told; a generated class holds data, and making one does nothing else.
 */
final class TrustedClasses {
    private static final ClassSecurityPredicate GENERATED = type ->
            SpecificRecord.class.isAssignableFrom(type) || SpecificFixed.class.isAssignableFrom(type) || type.isEnum();

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), GENERATED));
    }

    private TrustedClasses() {}

    /** Adds to what is trusted already, once. */
    static void install() {
        // the work is done when the class is initialized
    }
}
