package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What customers say of what they bought, some time after. Who gives it back has nothing good to say. */
final class Reviews {
    private static final double REVIEWED = 0.2;
    private static final int SOONEST = 1_200;
    private static final int LATEST = 15_000;
    private static final List<String> GOOD = List.of("Love it", "Worth every cent", "Would buy again", "Great quality");
    private static final List<String> MIXED = List.of("Does its job", "Fine, with some flaws", "As expected");
    private static final List<String> BAD = List.of("Disappointed", "Sent it back", "Not what was promised");
    private static final List<String> REASONS = List.of(
            "The range is what they say.",
            "Delivery took two weeks.",
            "The app could be better.",
            "My neighbours are envious.",
            "It rattles above 100 km/h.",
            "Support answered within a day.");

    private record Opinion(long due, long saleSeq, Transaction sale, boolean happy) {}

    private final PriorityQueue<Opinion> opinions =
            new PriorityQueue<>(Comparator.comparingLong(Opinion::due).thenComparingLong(Opinion::saleSeq));
    private final Dice dice;
    private final long seed;
    private @Nullable Opinion latest;

    Reviews(Dice dice) {
        this.dice = dice;
        this.seed = dice.nextLong();
    }

    /** Somebody has bought something, and may want to tell what they think of it. */
    void bought(Transaction sale, long saleSeq, boolean happy) {
        if (dice.chance(REVIEWED)) {
            opinions.add(new Opinion(saleSeq + dice.between(SOONEST, LATEST), saleSeq, sale, happy));
        }
    }

    /** The next review that is due, if any. */
    @Nullable
    Fact next(long seq, Instant now) {
        Opinion opinion = opinions.peek();
        if (opinion == null || opinion.due() > seq) {
            return null;
        }
        opinions.remove();
        latest = opinion;
        return told(opinion, seq, now);
    }

    /** A review without consequences, if there was one before. */
    @Nullable
    Fact draft(long seq, Instant now) {
        return latest == null ? null : told(latest, seq, now);
    }

    private Fact told(Opinion opinion, long seq, Instant now) {
        Transaction sale = opinion.sale();
        int rating = rating(opinion);
        List<String> titles = rating > 3 ? GOOD : rating == 3 ? MIXED : BAD;
        Review review = new Review(
                Id.of('r', seq, seed),
                sale.getProductId(),
                sale.getCustomerId(),
                sale.getTransactionId(),
                rating,
                dice.oneOf(titles),
                dice.chance(0.2) ? "" : dice.oneOf(REASONS) + " " + dice.oneOf(REASONS),
                now);
        return new Fact(sale.getProductId(), review, opinion.saleSeq());
    }

    /** Each product has a quality of its own, and tastes differ. */
    private int rating(Opinion opinion) {
        if (!opinion.happy()) {
            return dice.between(1, 2);
        }
        int quality = 3 + Math.floorMod(opinion.sale().getProductId().hashCode(), 3);
        return Math.max(1, Math.min(5, quality + dice.between(-1, 1)));
    }
}
