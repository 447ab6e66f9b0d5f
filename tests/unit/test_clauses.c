/* Clauses against a plain reading of each, while they grow and a walk goes on. */
#include "support/check.h"

#include "base/rng.h"
#include "study/clauses.h"

enum { CONTROLS = 6, VARIANTS = 3, DEPTH = 3, CLAUSES = 300 };

typedef struct clause {
    bool may_skip[CONTROLS];
    uint64_t may_hold[CONTROLS];
} clause;

static clause known[CLAUSES];
static int n_known;
static int held[CONTROLS]; /* the variant, or -1 */

static bool complies(const clause *c)
{
    for (int i = 0; i < CONTROLS; i++)
        if (held[i] < 0 ? !c->may_skip[i] : !(c->may_hold[i] >> held[i] & 1))
            return false;
    return true;
}

static bool is_ruled_out(void)
{
    for (int k = 0; k < n_known; k++)
        if (complies(&known[k])) return true;
    return false;
}

/* A clause that rules out what is held, and little else. */
static void learn(fpli_rng *rng, fpli_clauses *clauses, int n)
{
    clause *c = &known[n_known++];
    for (int i = 0; i < CONTROLS; i++) {
        c->may_skip[i] = held[i] < 0 || fpli_rng_below(rng, 4) == 0;
        c->may_hold[i] = (held[i] < 0 ? 0 : (uint64_t)1 << held[i]) |
                         (fpli_rng_below(rng, 3) == 0 ? fpli_rng_below(rng, 8) : 0);
    }
    assert_int_equal(fpli_clauses_add(clauses, n, c->may_skip, c->may_hold), FPL_OK);
}

static void walk(fpli_rng *rng, fpli_clauses *clauses, int n, int from)
{
    assert_int_equal(fpli_clauses_rule_out(clauses, n), is_ruled_out());
    if (n_known < CLAUSES && fpli_rng_below(rng, 3) == 0) {
        learn(rng, clauses, n);
        assert_true(fpli_clauses_rule_out(clauses, n));
    }
    for (int i = from; i < CONTROLS && n < DEPTH; i++) {
        for (int v = 0; v < VARIANTS; v++) {
            held[i] = v;
            fpli_clauses_hold(clauses, n, i, v);
            walk(rng, clauses, n + 1, i + 1);
        }
        held[i] = -1;
    }
}

static void read_as_they_stand(void **state)
{
    (void)state;
    const int n_variants[CONTROLS] = {VARIANTS, VARIANTS, VARIANTS,
                                      VARIANTS, VARIANTS, VARIANTS};
    fpli_rng rng;
    fpli_clauses *clauses = NULL;
    fpli_rng_start(&rng, 1, "clauses");
    assert_int_equal(fpli_clauses_new(CONTROLS, n_variants, DEPTH, &clauses), FPL_OK);
    for (int i = 0; i < CONTROLS; i++) held[i] = -1;
    for (int turn = 0; turn < 3; turn++) {
        fpli_clauses_begin(clauses);
        walk(&rng, clauses, 0, 0);
    }
    assert_int_equal(n_known, CLAUSES); /* wider than one word, more than once */
    fpli_clauses_free(clauses);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(read_as_they_stand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
