package dev.firn.sink.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Instances that commit, publish, switch the branch on and off and drop it, in any order, with commits that fail, are late or whose
 * answers are lost: what readers of main see is always the records up to some offset, each once, and so is what the branch holds.
 */
class BranchModelTest {
    private static final int STEPS = 60;

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final BranchedTable table = BranchedTable.plain(catalog);
    private final List<TableCommit> zombies = new ArrayList<>();
    private Random random = new Random();

    static LongStream seeds() {
        Long given = Long.getLong("branch.model.seed");
        return given == null ? new Random().longs(4) : LongStream.of(given);
    }

    @ParameterizedTest(name = "-Dbranch.model.seed={0}")
    @MethodSource("seeds")
    void shouldHoldEachRecordOnceOnMainAndOnTheBranch(long seed) {
        // Given
        random = new Random(seed);

        // When
        for (int step = 0; step < STEPS; step++) {
            fault();
            act();
            requireOnce(table.onMain());
            requireOnce(table.onBranch());
        }
        catalog.calm();

        // Then
        settle();
        assertThat(table.onMain())
                .as("seed %d", seed)
                .isEqualTo(table.onBranch())
                .isNotEmpty();
    }

    private void fault() {
        switch (random.nextInt(8)) {
            case 0 ->
                catalog.next(real -> {
                    real.run();
                    throw new RuntimeIOException("the answer is lost");
                });
            case 1 ->
                catalog.next(real -> {
                    throw new CommitFailedException("refused");
                });
            case 2 ->
                catalog.next(real -> {
                    new BranchedTable(catalog).commit();
                    real.run();
                });
            default -> {}
        }
    }

    private void act() {
        BranchedTable any = random.nextBoolean() ? table : new BranchedTable(catalog);
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> any.publish();
                case 2 -> any.branch(Optional.of(random.nextInt(4) == 0 ? "other" : BranchedTable.BRANCH));
                case 3 -> any.branch(Optional.empty());
                case 4 -> drop();
                case 5 -> zombies.add(any.next());
                case 6 -> zombies.forEach(TableCommit::attempt);
                default -> any.commit();
            }
        } catch (CannotPublishException | TableLostException e) {
            // as it says; nothing has changed
        } catch (CommitFailedException | RuntimeIOException e) {
            // what a user's own change meets is the user's
        }
    }

    private void drop() {
        if (table.main().refs().containsKey(BranchedTable.BRANCH)
                && table.main().currentSnapshot() != null) {
            table.main().manageSnapshots().removeBranch(BranchedTable.BRANCH).commit();
        }
    }

    /** Whatever is left unpublished by then is published, under whichever name. */
    private void settle() {
        try {
            table.publish();
        } catch (CannotPublishException e) {
            // commits go to main
        }
        assertThat(table.commit()).isInstanceOf(Outcome.Committed.class);
        try {
            table.publish();
        } catch (CannotPublishException e) {
            // likewise
        }
    }

    private static void requireOnce(List<String> offsets) {
        assertThat(offsets.stream().map(Integer::valueOf).sorted())
                .containsExactlyElementsOf(LongStream.range(0, offsets.size())
                        .mapToObj(each -> (int) each)
                        .toList());
    }
}
