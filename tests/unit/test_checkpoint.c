/* Whom a checkpoint serves, and when anything is said about time. */
#include "support/check.h"

#include "base/checkpoint.h"
#include "base/pace.h"

#include <unistd.h>

static char file[64];

static const fpli_binding ours = {"1.0", "abc", "count", "def"};

static fpl_checkpoint *opened(void)
{
    fpl_checkpoint *checkpoint = NULL;
    assert_int_equal(fpl_checkpoint_open(file, &checkpoint, NULL), FPL_OK);
    return checkpoint;
}

/* A checkpoint of ours with three records of two parts. */
static int make_file(void **state)
{
    (void)state;
    snprintf(file, sizeof file, "/tmp/fahrplan-unit-%ld", (long)getpid());
    unlink(file);
    fpl_checkpoint *checkpoint = opened();
    assert_false(fpl_checkpoint_is_resumed(checkpoint));
    const fpl_limits limits = {.checkpoint = checkpoint};
    fpli_bytes record = {0};
    assert_null(fpli_checkpoint_of(&limits));
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_OK);
    assert_ptr_equal(fpli_checkpoint_of(&limits), checkpoint);
    for (uint32_t i = 0; i < 3; i++) {
        fpli_bytes_put_number(&record, i, 1);
        assert_int_equal(fpli_checkpoint_append(checkpoint, i % 2, &record), FPL_OK);
    }
    assert_int_equal(fpli_checkpoint_end(&limits, FPL_OK, NULL), FPL_OK);
    fpli_bytes_clear(&record);
    fpl_checkpoint_close(checkpoint, false);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(file);
}

static fpl_status add_sizes(void *context, fpli_reader *reader)
{
    *(size_t *)context = *(size_t *)context * 10 + reader->n;
    fpli_take(reader, reader->n);
    return FPL_OK;
}

static void records_come_back_by_part(void **state)
{
    (void)state;
    size_t sizes = 0;
    fpl_checkpoint *checkpoint = opened();
    const fpl_limits limits = {.checkpoint = checkpoint};
    assert_true(fpl_checkpoint_is_resumed(checkpoint));
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_OK);
    assert_int_equal(fpli_checkpoint_replay(checkpoint, 0, add_sizes, &sizes), FPL_OK);
    assert_int_equal(sizes, 13);
    assert_int_equal(fpli_checkpoint_replay(checkpoint, 1, add_sizes, &sizes), FPL_OK);
    assert_int_equal(sizes, 132);
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_E_ARGUMENT);
    fpl_checkpoint_close(checkpoint, false);
}

static fpl_status take_nothing(void *context, fpli_reader *reader)
{
    (void)context;
    (void)reader;
    return FPL_OK;
}

static void what_is_left_over_does_not_fit(void **state)
{
    (void)state;
    fpl_error error = {0};
    fpl_checkpoint *checkpoint = opened();
    const fpl_limits limits = {.checkpoint = checkpoint};
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_OK);
    const fpl_status status = fpli_checkpoint_replay(checkpoint, 0, take_nothing, NULL);
    assert_int_equal(fpli_checkpoint_end(&limits, status, &error), FPL_E_UNSUPPORTED);
    assert_string_equal(error.message,
                        "what the checkpoint holds does not fit the question");
    fpl_checkpoint_close(checkpoint, false);
}

static void others_are_refused(void **state)
{
    (void)state;
    static const struct {
        fpli_binding binding;
        const char *message;
    } others[] = {
        {{"1.1", "abc", "count", "def"},
         "the checkpoint was written by another version, '1.0'"},
        {{"1.0", "abd", "count", "def"},
         "the checkpoint belongs to another model, with digest abc"},
        {{"1.0", "abc", "rank", "def"},
         "the checkpoint belongs to another command, 'count'"},
        {{"1.0", "abc", "count", "deg"},
         "the checkpoint belongs to the same command with other options"},
    };
    for (int i = 0; i < 4; i++) {
        fpl_error error = {0};
        fpl_checkpoint *checkpoint = opened();
        const fpl_limits limits = {.checkpoint = checkpoint};
        assert_int_equal(fpli_checkpoint_begin(&limits, &others[i].binding, &error),
                         FPL_E_UNSUPPORTED);
        assert_string_equal(error.message, others[i].message);
        assert_null(fpli_checkpoint_of(&limits));
        fpl_checkpoint_close(checkpoint, true); /* it is not ours: it stays */
        assert_int_equal(access(file, F_OK), 0);
    }
}

static void one_at_a_time(void **state)
{
    (void)state;
    fpl_error error = {0};
    fpl_checkpoint *first = opened(), *second = NULL;
    assert_int_equal(fpl_checkpoint_open(file, &second, &error), FPL_E_UNSUPPORTED);
    assert_string_equal(error.message, "another run is working with this checkpoint");
    assert_null(second);
    fpl_checkpoint_close(first, false);
}

static void what_was_kept_outlives_a_failed_replacement(void **state)
{
    (void)state;
    size_t sizes = 0;
    fpli_bytes record = {0};
    fpli_bytes_put_number(&record, 1, 8);
    fpl_checkpoint *checkpoint = opened();
    fpl_limits limits = {.checkpoint = checkpoint};
    fpli_checkpoint_hurry(checkpoint, 2);
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_OK);
    assert_int_equal(fpli_checkpoint_restart(checkpoint), FPL_OK);
    assert_int_equal(fpli_checkpoint_append(checkpoint, 0, &record), FPL_OK);
    assert_int_equal(fpli_checkpoint_append(checkpoint, 0, &record), FPL_E_IO);
    assert_int_equal(fpli_checkpoint_commit(checkpoint), FPL_E_IO);
    assert_int_equal(fpli_checkpoint_end(&limits, FPL_OK, NULL), FPL_E_IO);
    fpl_checkpoint_close(checkpoint, false);
    checkpoint = limits.checkpoint = opened();
    assert_int_equal(fpli_checkpoint_begin(&limits, &ours, NULL), FPL_OK);
    assert_int_equal(fpli_checkpoint_replay(checkpoint, 0, add_sizes, &sizes), FPL_OK);
    assert_int_equal(sizes, 13);
    fpli_bytes_clear(&record);
    fpl_checkpoint_close(checkpoint, false);
}

static int64_t remaining(double (*done_at)(double), int ms)
{
    fpli_pace pace = {0};
    for (int at = 0; at <= ms; at += 100) fpli_pace_note(&pace, at, done_at(at / 1000.0));
    return fpli_pace_remaining_ms(&pace, ms, done_at(ms / 1000.0));
}

static double steadily(double seconds)
{
    return 0.1 + seconds / 100; /* 10 percent were done before */
}

static double slower_and_slower(double seconds)
{
    return seconds < 10 ? seconds / 20 : 0.5 + (seconds - 10) / 1000;
}

static double not_at_all(double seconds)
{
    return seconds < 1 ? 0.2 : 0.3;
}

static void time_is_said_where_the_pace_allows(void **state)
{
    (void)state;
    assert_int_equal(remaining(steadily, 1500), -1); /* too early */
    assert_in_range(remaining(steadily, 30000), 59900, 60100);
    assert_in_range(remaining(steadily, 80000), 9900, 10100);
    assert_in_range(remaining(slower_and_slower, 9000), 10900, 11100);
    assert_int_equal(remaining(slower_and_slower, 40000), -1); /* estimates differ */
    assert_int_equal(remaining(not_at_all, 40000), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(records_come_back_by_part, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(what_is_left_over_does_not_fit, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(others_are_refused, make_file, remove_file),
        cmocka_unit_test_setup_teardown(one_at_a_time, make_file, remove_file),
        cmocka_unit_test_setup_teardown(what_was_kept_outlives_a_failed_replacement,
                                        make_file, remove_file),
        cmocka_unit_test(time_is_said_where_the_pace_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
