/* However a process ends, the same call goes on from its checkpoint to the same result: the file is cut
 * off or damaged anywhere, as a kill or a broken disk would leave it, and any number of threads takes
 * it up. */
#include "support/check.h"
#include "support/random.h"

#include "base/checkpoint.h"

#include <fahrplan/basins.h>
#include <fahrplan/generate.h>
#include <fahrplan/io.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/tension.h>

#include <unistd.h>

enum { TRIALS = 6 };

/* ---- questions ---------------------------------------------------------------------------- */

/* What is asked of a model, and its answer as a hash. */
typedef struct asked {
    const fpl_model *model;
    fpl_query query;
    fpl_basin_options basins;
    fpl_status (*ask)(const struct asked *asked, const fpl_limits *limits,
                      uint64_t *answer, fpl_error *error);
} asked;

typedef struct trace {
    uint64_t hash;
    size_t size;
} trace;

static bool follow(void *context, const uint16_t *z)
{
    trace *t = context;
    t->hash = fpli_sum(t->hash, z, t->size);
    return true;
}

static fpl_status ask_scenarios(const asked *q, const fpl_limits *limits,
                                uint64_t *answer, fpl_error *error)
{
    trace t = {FPLI_SUM, (size_t)fpl_model_n_descriptors(q->model) * sizeof(uint16_t)};
    fpl_outcome outcome = {0};
    const fpl_status status = fpl_scenarios_visit(q->model, &q->query, limits, follow, &t,
                                                  &outcome, error);
    *answer = fpli_sum(t.hash, &outcome.found, sizeof outcome.found);
    if (status == FPL_OK) assert_int_equal(outcome.stop, FPL_COMPLETE);
    return status;
}

static fpl_status ask_count(const asked *q, const fpl_limits *limits, uint64_t *answer,
                            fpl_error *error)
{
    fpl_count count = {0};
    fpl_outcome outcome = {0};
    const fpl_status status = fpl_scenarios_count(q->model, &q->query, limits, &count,
                                                  &outcome, error);
    *answer = fpli_sum(FPLI_SUM, count.limbs, count.n_limbs * sizeof *count.limbs);
    if (status == FPL_OK) assert_int_equal(outcome.stop, FPL_COMPLETE);
    fpl_count_clear(&count);
    return status;
}

static fpl_status ask_rank(const asked *q, const fpl_limits *limits, uint64_t *answer,
                           fpl_error *error)
{
    fpl_tension_distribution d = {0};
    const fpl_status status = fpl_tension_distribution_compute(q->model, limits, &d,
                                                               error);
    *answer = FPLI_SUM;
    if (status == FPL_OK) assert_int_equal(d.stop, FPL_COMPLETE);
    for (size_t t = 0; t < d.n_bins; t++)
        *answer = fpli_sum(*answer, d.frequency[t].limbs,
                           d.frequency[t].n_limbs * sizeof(uint64_t));
    *answer = fpli_sum(*answer, &d.n_bins, sizeof d.n_bins);
    fpl_tension_distribution_clear(&d);
    return status;
}

static uint64_t add_basin(uint64_t sum, const fpl_basin *basin, size_t n)
{
    sum = fpli_sum(sum, basin->members, basin->length * n * sizeof *basin->members);
    sum = fpli_sum(sum, basin->weight->limbs, basin->weight->n_limbs * sizeof(uint64_t));
    return fpli_sum(sum, &basin->mean_steps, sizeof basin->mean_steps);
}

static fpl_status ask_basins(const asked *q, const fpl_limits *limits, uint64_t *answer,
                             fpl_error *error)
{
    fpl_basins *basins = NULL;
    const fpl_status status = fpl_basins_compute(q->model, &q->basins, limits, &basins,
                                                 error);
    *answer = FPLI_SUM;
    if (status != FPL_OK) return status;
    assert_int_equal(fpl_basins_stop(basins), FPL_COMPLETE);
    for (size_t i = 0; i < fpl_basins_n(basins); i++)
        *answer = add_basin(*answer, fpl_basins_get(basins, i),
                            (size_t)fpl_model_n_descriptors(q->model));
    fpl_basins_free(basins);
    return FPL_OK;
}

/* ---- files -------------------------------------------------------------------------------- */

static char file[64];

static void name_file(void)
{
    snprintf(file, sizeof file, "/tmp/fahrplan-checkpoint-%ld", (long)getpid());
    unlink(file);
}

/* Ask with the checkpoint in the file, which stays unless finished. fail_at: the record that is lost,
 * with all after it; 0: none. */
static fpl_status try_kept(const asked *q, int n_threads, uint64_t fail_at, bool finished,
                           uint64_t *answer)
{
    fpl_checkpoint *checkpoint = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_checkpoint_open(file, &checkpoint, &error), FPL_OK);
    fpli_checkpoint_hurry(checkpoint, fail_at);
    const fpl_limits limits = {.n_threads = n_threads, .checkpoint = checkpoint};
    const fpl_status status = q->ask(q, &limits, answer, &error);
    if (status != FPL_OK && fail_at == 0) print_message("%s\n", error.message);
    if (status != FPL_OK) assert_int_equal(error.status, status);
    fpl_checkpoint_close(checkpoint, finished && status == FPL_OK);
    return status;
}

static uint64_t ask_kept(const asked *q, int n_threads, bool finished)
{
    uint64_t answer = 0;
    assert_int_equal(try_kept(q, n_threads, 0, finished, &answer), FPL_OK);
    return answer;
}

/* Lose the process again and again, after a few records each time. Returns how often. */
static size_t holds_whenever_it_ends(const asked *q, fpli_rng *rng)
{
    const fpl_limits plain = {.n_threads = 1};
    uint64_t due = 0, answer = 0;
    size_t n = 0;
    fpl_status status = FPL_E_IO;
    name_file();
    assert_int_equal(q->ask(q, &plain, &due, NULL), FPL_OK);
    for (; status == FPL_E_IO; n++)
        status = try_kept(q, 1 + (int)fpli_rng_below(rng, 3),
                          1 + n / 2 + fpli_rng_below(rng, 5), true, &answer);
    assert_int_equal(status, FPL_OK);
    assert_true(answer == due);
    assert_int_not_equal(access(file, F_OK), 0);
    return n - 1;
}

/* The first `size` bytes, and one byte of them changed at `damage` if that is among them. */
static void write_file(const char *bytes, size_t size, size_t damage)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    for (size_t i = 0; i < size; i++) fputc(i == damage ? ~bytes[i] : bytes[i], out);
    fclose(out);
}

static size_t head_of(const char *bytes)
{
    return (size_t)(strstr(bytes, "\n\n") + 2 - bytes);
}

/* Returns how many bytes there were. */
static size_t holds_whenever_it_is_cut(const asked *q, fpli_rng *rng)
{
    const fpl_limits plain = {.n_threads = 1};
    fpl_error error = {0};
    uint64_t due = 0;
    char *bytes = NULL;
    size_t size = 0;
    name_file();
    assert_int_equal(q->ask(q, &plain, &due, &error), FPL_OK);
    assert_true(ask_kept(q, 1 + (int)fpli_rng_below(rng, 3), false) == due);
    if (access(file, F_OK) != 0) return 0; /* too little work to keep any */
    assert_int_equal(fpl_file_read(file, &bytes, &size, &error), FPL_OK);
    const size_t head = head_of(bytes);
    for (int trial = 0; trial < TRIALS; trial++) {
        const size_t cut = trial == 0 ? size : head + fpli_rng_below(rng, size - head);
        const size_t damage = trial % 3 != 2 || cut == head
                                  ? SIZE_MAX
                                  : head + fpli_rng_below(rng, cut - head);
        write_file(bytes, cut, damage);
        /* cut off once more on the way, then to the end */
        if (trial % 2 == 1) assert_true(ask_kept(q, 2, false) == due);
        assert_true(ask_kept(q, 1 + trial % 3, true) == due);
        assert_int_not_equal(access(file, F_OK), 0);
    }
    fpl_string_free(bytes);
    return size - head;
}

/* ---- models ------------------------------------------------------------------------------- */

static fpl_model *generated(fpl_family family, int n, uint64_t seed)
{
    const fpl_generate_options options = {.family = family,
                                          .n_descriptors = n,
                                          .n_variants = 3,
                                          .density = 0.5,
                                          .cross = 0.05,
                                          .module_size = 6,
                                          .seed = seed};
    fpl_model *model = NULL;
    assert_int_equal(fpl_model_generate(&options, &model, NULL), FPL_OK);
    return model;
}

/* Each question of a model, cut off and ended; returns how often it was ended. */
static size_t each_goes_on(const asked *questions, int n, fpli_rng *rng)
{
    size_t ended = 0;
    for (int q = 0; q < n; q++) {
        const size_t kept = holds_whenever_it_is_cut(&questions[q], rng);
        assert_true(kept > 1000); /* else nothing was tested */
        ended += holds_whenever_it_ends(&questions[q], rng);
    }
    return ended;
}

/* One tree, listed and counted: many boxes, and many records a box. */
static void hunts_go_on(void **state)
{
    (void)state;
    fpli_rng rng;
    fpli_rng_start(&rng, 1, "hunts");
    fpl_model *model = generated(FPL_FAMILY_RANDOM, 22, 5);
    const fpl_query near = {.max_inconsistency = 3 * fpl_model_denominator(model)};
    const fpl_query total = {.use_total = true,
                             .max_total = 2 * fpl_model_denominator(model)};
    const asked questions[] = {{.model = model, .query = near, .ask = ask_scenarios},
                               {.model = model, .query = total, .ask = ask_count}};
    assert_true(each_goes_on(questions, 2, &rng) > 10);
    fpl_model_free(model);
}

/* Groups that are counted apart and remembered, and islands that are listed apart. */
static void groups_go_on(void **state)
{
    (void)state;
    size_t ended = 0;
    for (uint64_t seed = 0; seed < (uint64_t)test_scale(2); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, seed, "groups");
        fpl_model *model = generated(FPL_FAMILY_MODULAR, 24, seed);
        const fpl_query near = {.max_inconsistency = 2 * fpl_model_denominator(model)};
        const asked question = {.model = model, .query = near, .ask = ask_count};
        ended += each_goes_on(&question, 1, &rng);
        fpl_model_free(model);
    }
    assert_true(ended > 5);
}

static void distributions_go_on(void **state)
{
    (void)state;
    size_t ended = 0;
    for (uint64_t seed = 0; seed < (uint64_t)test_scale(10); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, seed, "distribution");
        fpl_model *model = seed % 4 == 0 ? generated(FPL_FAMILY_RANDOM, 12, seed)
                                         : random_model(&rng, 20000);
        const asked question = {.model = model, .ask = ask_rank};
        ended += holds_whenever_it_ends(&question, &rng);
        fpl_model_free(model);
    }
    assert_true(ended > 5);
}

/* By images, with several islands and with one; by a table; by samples, of a random order as well. */
static void basins_go_on(void **state)
{
    (void)state;
    const fpl_basin_options ways[] = {
        {.dynamics = {.rule = FPL_SUCCESSION_GLOBAL}},
        {.dynamics = {.rule = FPL_SUCCESSION_LOCAL}},
        {.dynamics = {.rule = FPL_SUCCESSION_GLOBAL}, .samples = 9000, .seed = 7},
        {.dynamics = {.rule = FPL_SUCCESSION_RANDOM}, .samples = 5000, .seed = 8}};
    size_t ended[4] = {0};
    for (uint64_t seed = 0; seed < (uint64_t)test_scale(2); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, seed, "basins kept");
        fpl_generate_options options = {.family = FPL_FAMILY_MODULAR,
                                        .n_descriptors = 11,
                                        .n_variants = 3,
                                        .density = 0.6,
                                        .module_size = seed % 2 == 0 ? 11 : 10,
                                        .seed = seed};
        fpl_model *model = NULL;
        assert_int_equal(fpl_model_generate(&options, &model, NULL), FPL_OK);
        for (int way = 0; way < 4; way++) {
            const asked question = {
                .model = model, .basins = ways[way], .ask = ask_basins};
            ended[way] += holds_whenever_it_ends(&question, &rng);
        }
        fpl_model_free(model);
    }
    for (int way = 0; way < 4; way++) assert_true(ended[way] > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hunts_go_on),
        cmocka_unit_test(groups_go_on),
        cmocka_unit_test(distributions_go_on),
        cmocka_unit_test(basins_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
