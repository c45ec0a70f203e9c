package dev.firn.local.chaos;

import dev.firn.embedded.FaultyProxy.Fault;
import dev.firn.local.supervise.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which faults come when: the same for the same seed and time. A run meets kills and a freeze of each service before anything else, then
 * every fault at every server in random order, and again from the beginning; or kills alone. One that is under way is not joined by another at the same
 * target.
 */
final class Schedule {
    /** For everything to get going. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private static final List<Role> SERVICES = List.of(Role.GENERATOR, Role.PROCESSOR, Role.SINK, Role.SINK2);
    private static final List<Role> HTTP_SERVERS = List.of(Role.REGISTRY, Role.S3, Role.CATALOG);

    private final Random random;
    private final Duration time;
    private final List<Role> kill;
    private final Map<Role, Duration> busy = new EnumMap<>(Role.class);
    private final List<Strike> strikes = new ArrayList<>();

    private Schedule(ChaosOptions options) {
        this.random = new Random(options.seed());
        this.time = options.time();
        this.kill = options.kill();
    }

    /** In the order in which they come. */
    static List<Strike> of(ChaosOptions options) {
        var schedule = new Schedule(options);
        schedule.draw();
        return List.copyOf(schedule.strikes);
    }

    private void draw() {
        var at = CALM;
        while (at.compareTo(time) < 0) {
            for (var blow : kill.isEmpty() ? deck() : kills()) {
                if (at.compareTo(time) < 0 && isFree(blow.target(), at)) {
                    strike(at, blow);
                    at = at.plus(between(1_000, 9_000));
                }
            }
            at = at.plus(CALM);
        }
    }

    private boolean isFree(Role target, Duration at) {
        return busy.getOrDefault(target, Duration.ZERO).compareTo(at) <= 0;
    }

    private void strike(Duration at, Blow blow) {
        var left = time.minus(at);
        var lasting = lasting(blow.harm());
        var strike = new Strike(at, blow.harm(), blow.target(), lasting.compareTo(left) < 0 ? lasting : left);
        strikes.add(strike);
        // a process that is killed again before it is ready shows nothing
        busy.put(blow.target(), strike.end().plusSeconds(10));
    }

    /** Mostly seconds; sometimes longer than every timeout of the clients, where the run is long enough. */
    private Duration lasting(Harm harm) {
        var chance = random.nextInt(100);
        if (chance < 12 && time.toMinutes() >= 4) {
            return between(60_000, 90_000);
        }
        if (harm instanceof Harm.Freeze) {
            return between(4_000, 25_000);
        }
        return chance < 60 ? between(500, 6_000) : between(6_000, 20_000);
    }

    private Duration between(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }

    private List<Blow> kills() {
        return kill.stream().map(target -> new Blow(new Harm.Kill(), target)).toList();
    }

    /** Each blow there is, those that a short run must have first. */
    private List<Blow> deck() {
        var first = new ArrayList<Blow>();
        SERVICES.forEach(service -> first.add(new Blow(new Harm.Kill(), service)));
        first.add(new Blow(new Harm.Freeze(), random.nextBoolean() ? Role.SINK : Role.PROCESSOR));
        Collections.shuffle(first, random);
        var rest = new ArrayList<Blow>();
        Role.SERVERS.forEach(server -> rest.add(new Blow(new Harm.Kill(), server)));
        Role.SERVERS.forEach(server -> rest.add(new Blow(new Harm.Freeze(), server)));
        SERVICES.forEach(service -> rest.add(new Blow(new Harm.Freeze(), service)));
        HTTP_SERVERS.forEach(server -> Arrays.stream(Fault.values())
                .filter(fault -> isOutage(fault, server))
                .forEach(fault -> rest.add(new Blow(new Harm.Answers(fault, share()), server))));
        Collections.shuffle(rest, random);
        first.addAll(rest);
        return first;
    }

    /** A registry that answers 409 says that a schema is not compatible, and means it. */
    private static boolean isOutage(Fault fault, Role server) {
        return fault != Fault.CONFLICT || server != Role.REGISTRY;
    }

    private int share() {
        return random.nextBoolean() ? 100 : 10 + random.nextInt(50);
    }

    private record Blow(Harm harm, Role target) {}
}
