/* Larger random models, beyond the slow restatements: clingo, an answer set solver that
 * shares no idea with our search, finds the same scenarios. Skipped where there is no
 * clingo. */
#include "support/check.h"

#include "base/rng.h"
#include "support/asp.h"
#include "support/random.h"

#include <fahrplan/generate.h>
#include <fahrplan/scenarios.h>

#include <unistd.h>

enum { SKIPPED = 77, EXCLUSIONS_MAX = 6, DESCRIPTORS_MAX = 16, INSTANCES = 40 };

typedef struct instance {
    fpl_model *model;
    asp_exclusion exclusions[EXCLUSIONS_MAX];
    int n_exclusions;
} instance;

static int below(fpli_rng *rng, int n)
{
    return (int)fpli_rng_below(rng, (uint64_t)n);
}

static void exclude(instance *in, fpli_rng *rng, fpl_builder *builder)
{
    asp_exclusion *e = &in->exclusions[in->n_exclusions++];
    char text[64];
    const int n = fpl_model_n_descriptors(in->model);
    e->descriptor[0] = below(rng, n);
    e->descriptor[1] = (e->descriptor[0] + 1 + below(rng, n - 1)) % n;
    for (int side = 0; side < 2; side++)
        e->variant[side] = below(rng,
                                 fpl_model_n_variants(in->model, e->descriptor[side]));
    snprintf(text, sizeof text, "D%d=v%d and D%d=v%d", e->descriptor[0] + 1,
             e->variant[0] + 1, e->descriptor[1] + 1, e->variant[1] + 1);
    const fpl_exclusion exclusion = {.when = {.text = text}};
    assert_int_equal(fpl_builder_add(builder, FPL_RECORD_EXCLUSION, &exclusion, NULL),
                     FPL_OK);
}

/* A judgement on itself, and a group that does not sum to zero. */
static void roughen(const fpl_model *model, fpli_rng *rng, fpl_builder *builder)
{
    const int n = fpl_model_n_descriptors(model);
    for (int times = 0; times < n / 2; times++) {
        const int i = below(rng, n), j = below(rng, 3) == 0 ? i : below(rng, n);
        const fpl_decimal score = {below(rng, 7) - 3, 0};
        assert_int_equal(
            fpl_builder_score(builder, i, below(rng, fpl_model_n_variants(model, i)), j,
                              below(rng, fpl_model_n_variants(model, j)), score, NULL),
            FPL_OK);
    }
}

static void draw(instance *in, int seed)
{
    fpli_rng rng;
    fpl_builder *builder = NULL;
    fpli_rng_start(&rng, (uint64_t)seed, "clingo");
    const fpl_generate_options options = {.family = (fpl_family)(seed % FPL_FAMILY_END),
                                          .n_descriptors = 12 + below(&rng, 5),
                                          .n_variants = below(&rng, 2) ? 3 : 0,
                                          .density = 0.3 + 0.6 * fpli_rng_unit(&rng),
                                          .cross = 0.1 + 0.2 * fpli_rng_unit(&rng),
                                          .module_size = 5,
                                          .n_planted = below(&rng, 2),
                                          .seed = (uint64_t)seed};
    memset(in, 0, sizeof *in);
    assert_int_equal(fpl_model_generate(&options, &in->model, NULL), FPL_OK);
    if (seed % 4 == 0) return;
    assert_int_equal(fpl_builder_copy(in->model, &builder, NULL), FPL_OK);
    if (seed % 4 != 1) roughen(in->model, &rng, builder);
    const int n_exclusions = seed % 4 == 2 ? 0 : 1 + below(&rng, EXCLUSIONS_MAX);
    for (int e = 0; e < n_exclusions; e++) exclude(in, &rng, builder);
    fpl_model_free(in->model);
    assert_int_equal(fpl_builder_build(builder, &in->model, NULL), FPL_OK);
    fpl_builder_free(builder);
}

/* One line of clingo's, "z(0,1) z(1,0) ..", as a scenario. False: the line is no answer.
 */
static bool read_answer(const char *line, int n, uint16_t *z)
{
    int n_read = 0, d, v, used;
    memset(z, 0, DESCRIPTORS_MAX * sizeof *z);
    while (sscanf(line, " z(%d,%d)%n", &d, &v, &used) == 2) {
        assert_in_range(d, 0, n - 1);
        z[d] = (uint16_t)v;
        line += used;
        n_read++;
    }
    assert_true(n_read == 0 || n_read == n);
    return n_read == n;
}

/* Listing order: the first descriptor is the fastest digit. */
static int by_last_digit(const void *left, const void *right)
{
    const uint16_t *a = left, *b = right;
    for (int d = DESCRIPTORS_MAX - 1; d >= 0; d--)
        if (a[d] != b[d]) return a[d] < b[d] ? -1 : 1;
    return 0;
}

/* What clingo finds, in listing order; rows of DESCRIPTORS_MAX. */
static uint16_t *ask_clingo(const instance *in, size_t *n_found)
{
    char path[] = "fahrplan-XXXXXX", command[64], line[512];
    uint16_t *found = NULL, z[DESCRIPTORS_MAX];
    size_t n = 0;
    FILE *program = fdopen(mkstemp(path), "w");
    assert_non_null(program);
    asp_write(in->model, in->exclusions, in->n_exclusions, program);
    assert_int_equal(fclose(program), 0);
    snprintf(command, sizeof command, "clingo --verbose=0 0 %s", path);
    FILE *answers = popen(command, "r");
    assert_non_null(answers);
    bool decided = false;
    while (fgets(line, sizeof line, answers) != NULL) {
        decided = decided || strstr(line, "SATISFIABLE") != NULL; /* or UNSATISFIABLE */
        if (!read_answer(line, fpl_model_n_descriptors(in->model), z)) continue;
        found = realloc(found, (n + 1) * sizeof z);
        assert_non_null(found);
        memcpy(found + n++ * DESCRIPTORS_MAX, z, sizeof z);
    }
    pclose(answers); /* its exit status says whether there are answers, not whether all
                        went well */
    remove(path);
    assert_true(decided);
    if (n > 0) qsort(found, n, sizeof z, by_last_digit);
    *n_found = n;
    return found;
}

static void clingo_finds_the_same(void **state)
{
    (void)state;
    size_t total = 0;
    for (int seed = 0; seed < test_scale(INSTANCES); seed++) {
        instance in;
        fpl_scenarios *ours = NULL;
        size_t n_theirs;
        draw(&in, seed);
        const size_t n = (size_t)fpl_model_n_descriptors(in.model);
        uint16_t *theirs = ask_clingo(&in, &n_theirs);
        assert_int_equal(fpl_scenarios_collect(in.model, NULL, NULL, &ours, NULL),
                         FPL_OK);
        bool same = fpl_scenarios_n(ours) == n_theirs;
        for (size_t s = 0; s < n_theirs && same; s++)
            same = memcmp(fpl_scenarios_get(ours, s), theirs + s * DESCRIPTORS_MAX,
                          n * sizeof *theirs) == 0;
        if (!same) {
            print_model(in.model);
            fail_msg("seed %d: %zu scenarios, clingo finds %zu", seed,
                     fpl_scenarios_n(ours), n_theirs);
        }
        total += n_theirs;
        free(theirs);
        fpl_scenarios_free(ours);
        fpl_model_free(in.model);
    }
    assert_true(total > (size_t)INSTANCES); /* there was something to compare */
    printf("%zu scenarios\n", total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clingo_finds_the_same)};
    if (system("clingo --version >/dev/null 2>&1") != 0) return SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
