package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Address;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.VehicleSpec;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The personal values that were made, whatever became of their records; of each sort the first {@value #MOST} different ones.
 * What was also said in public is not personal: a city where there is a station, a product that is called like somebody.
 */
final class PersonalValues {
    private static final int MOST = 100_000;
    private static final int SHORTEST_WORD = 7;

    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<String> mails = new LinkedHashSet<>();
    private final Set<String> phones = new LinkedHashSet<>();
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Set<String> inPublic = new HashSet<>();

    PersonalValues() {
        Stream.of(Month.values(), DayOfWeek.values())
                .flatMap(Arrays::stream)
                .forEach(each -> inPublic.add(Dates.name(each)));
    }

    void add(SpecificRecord record) {
        if (record instanceof Activity activity) {
            addWord(mails, activity.getUser().getEmail());
            addWord(addresses, activity.getLocation().getIp());
            inPublic.add(activity.getLocation().getCity());
            inPublic.add(activity.getLocation().getRegion());
        } else if (record instanceof Customer customer) {
            add(customer);
        } else if (record instanceof Station station) {
            inPublic.add(station.getLocation().getCity());
            inPublic.add(station.getLocation().getRegion());
        } else if (record instanceof Product product) {
            add(product);
        }
    }

    private void add(Customer customer) {
        Address address = customer.getAddress();
        addText(customer.getFirstName());
        addText(customer.getLastName());
        addText(customer.getCompany());
        addText(address.getLine1());
        addText(address.getLine2());
        addText(address.getCity());
        addText(address.getState());
        addText(address.getPostalCode());
        addWord(mails, customer.getEmail());
        addWord(phones, customer.getPhone());
    }

    private void add(Product product) {
        inPublic.add(product.getName());
        inPublic.add(product.getFamilyName());
        VehicleSpec vehicle = product.getVehicle();
        if (vehicle != null) {
            inPublic.add(vehicle.getModel());
        }
    }

    private void addText(@Nullable String value) {
        if (value != null && !value.isBlank() && texts.size() < MOST) {
            texts.add(value);
        }
    }

    /** A broken one that says nothing of anybody is none. */
    private static void addWord(Set<String> words, @Nullable String value) {
        if (value != null && value.length() >= SHORTEST_WORD && value.indexOf(' ') < 0 && words.size() < MOST) {
            words.add(value);
        }
    }

    Personal values() {
        List<String> hidden =
                texts.stream().filter(text -> !inPublic.contains(text)).toList();
        List<String> words =
                Stream.of(mails, phones, addresses).flatMap(Set::stream).toList();
        return new Personal(hidden, words);
    }
}
