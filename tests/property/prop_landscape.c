/* Transitions and the choice of scenarios against plain restatements, on small random models. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/landscape.h>

enum { N_MOST = 8, SPACE = 60 };

/* Where succession from z ends: the lowest member in listing order; fixed ones do not move. */
static uint64_t number_of(const fpl_model *m, const uint16_t *z)
{
    uint64_t number = 0;
    for (int d = fpl_model_n_descriptors(m) - 1; d >= 0; d--)
        number = number * (uint64_t)fpl_model_n_variants(m, d) + z[d];
    return number;
}

static uint64_t ends_at(const fpl_model *m, const fpl_dynamics *dynamics,
                        const bool *held, const uint16_t *z)
{
    uint16_t at[N_MOST], next[N_MOST];
    const size_t size = (size_t)fpl_model_n_descriptors(m) * sizeof *at;
    memcpy(at, z, size);
    for (uint64_t i = 0; i <= oracle_space(m); i++) { /* surely on the attractor then */
        oracle_step(m, dynamics, held, at, at, next);
        memcpy(at, next, size);
    }
    uint64_t lowest = number_of(m, at);
    for (uint64_t i = 0; i <= oracle_space(m); i++) {
        oracle_step(m, dynamics, held, at, at, next);
        memcpy(at, next, size);
        if (number_of(m, at) < lowest) lowest = number_of(m, at);
    }
    return lowest;
}

static const fpl_transition *find(const fpl_landscape *l, size_t from,
                                  const fpl_fixing *c, int n)
{
    for (size_t i = 0; i < fpl_landscape_n_transitions(l); i++) {
        const fpl_transition *t = fpl_landscape_transition(l, i);
        if (t->from == from && t->n_changes == n &&
            memcmp(t->changes, c, (size_t)n * sizeof *c) == 0)
            return t;
    }
    return NULL;
}

/* Every single change and every pair: listed if and only if it leads elsewhere and no part of it
 * leads to the same place. */
static void check_scenario(const fpl_model *m, const fpl_landscape *l,
                           const fpl_landscape_options *options, size_t s, size_t *n_due)
{
    const int n = fpl_model_n_descriptors(m);
    const uint16_t *from = fpl_landscape_place(l, s).members;
    const uint64_t own = number_of(m, from);
    uint64_t single[N_MOST][8];
    for (int d = 0; d < n; d++)
        for (int e = d; e < (options->max_changes > 1 ? n : d + 1); e++)
            for (int v = 0; v < fpl_model_n_variants(m, d); v++)
                for (int w = 0; w < fpl_model_n_variants(m, e); w++) {
                    uint16_t z[N_MOST];
                    bool held[N_MOST] = {false};
                    const fpl_fixing c[] = {{(uint16_t)d, (uint16_t)v},
                                            {(uint16_t)e, (uint16_t)w}};
                    const int size = d == e ? 1 : 2;
                    if (v == from[d] || w == from[e] || (d == e && v != w)) continue;
                    memcpy(z, from, (size_t)n * sizeof *z);
                    z[d] = (uint16_t)v;
                    z[e] = (uint16_t)w;
                    held[d] = held[e] = options->hold;
                    const uint64_t end = ends_at(m, &options->dynamics, held, z);
                    if (size == 1) single[d][v] = end;
                    const fpl_transition *t = find(l, s, c, size);
                    const bool due = end != own;
                    if (size == 1) assert_int_equal(t != NULL, due);
                    if (t != NULL)
                        assert_true(number_of(m, fpl_landscape_place(l, t->to).members) ==
                                    end);
                    *n_due += t != NULL;
                    if (size == 2 && t == NULL && due) { /* a part does it */
                        uint16_t one[N_MOST];
                        memcpy(one, from, (size_t)n * sizeof *one);
                        one[e] = (uint16_t)w;
                        bool alone[N_MOST] = {false};
                        alone[e] = options->hold;
                        assert_true(single[d][v] == end ||
                                    ends_at(m, &options->dynamics, alone, one) == end);
                    }
                }
}

static void transitions_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(60); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "landscape");
        fpl_model *m = random_model(&rng, SPACE);
        fpl_scenarios *set = NULL;
        fpl_landscape *l = NULL;
        const fpl_landscape_options options = {
            .dynamics = {.rule = seed % 2 ? FPL_SUCCESSION_GLOBAL : FPL_SUCCESSION_LOCAL},
            .max_changes = 1 + (int)fpli_rng_below(&rng, 2),
            .hold = fpli_rng_below(&rng, 2) == 0};
        assert_int_equal(fpl_scenarios_collect(m, NULL, NULL, &set, NULL), FPL_OK);
        assert_int_equal(fpl_landscape_compute(m, set, &options, NULL, &l, NULL), FPL_OK);
        size_t n_due = 0;
        for (size_t s = 0; s < fpl_scenarios_n(set); s++) {
            check_scenario(m, l, &options, s, &n_due);
            const fpl_transition *tipping = fpl_landscape_tipping(l, s);
            for (size_t i = 0; i < fpl_landscape_n_transitions(l); i++) {
                const fpl_transition *t = fpl_landscape_transition(l, i);
                if (t->from == s) assert_true(tipping->n_changes <= t->n_changes);
            }
        }
        assert_int_equal(fpl_landscape_n_transitions(l), n_due);
        fpl_landscape_free(l);
        fpl_scenarios_free(set);
        fpl_model_free(m);
    }
}

static void the_choice_is_the_best(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "choice");
        fpl_model *m = random_model(&rng, SPACE);
        const fpl_query near = {.max_inconsistency = 3};
        fpl_scenarios *set = NULL;
        assert_int_equal(fpl_scenarios_collect(m, &near, NULL, &set, NULL), FPL_OK);
        const size_t n = fpl_scenarios_n(set);
        const int k = 3;
        size_t chosen[3], best[3] = {0};
        bool exact = false;
        int most = -1;
        int64_t sum = -1;
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++)
                for (size_t c = b + 1; c < n; c++) {
                    const int ab = fpl_distance(m, fpl_scenarios_get(set, a),
                                                fpl_scenarios_get(set, b), true);
                    const int ac = fpl_distance(m, fpl_scenarios_get(set, a),
                                                fpl_scenarios_get(set, c), true);
                    const int bc = fpl_distance(m, fpl_scenarios_get(set, b),
                                                fpl_scenarios_get(set, c), true);
                    const int least = ab < ac ? (ab < bc ? ab : bc) : ac < bc ? ac : bc;
                    if (least < most || (least == most && ab + ac + bc <= sum)) continue;
                    most = least;
                    sum = ab + ac + bc;
                    best[0] = a;
                    best[1] = b;
                    best[2] = c;
                }
        const fpl_status status = fpl_scenarios_select(m, set, k, true, chosen, &exact,
                                                       NULL);
        assert_int_equal(status, n < 3 ? FPL_E_ARGUMENT : FPL_OK);
        if (n >= 3) assert_memory_equal(chosen, best, sizeof best);
        fpl_scenarios_free(set);
        fpl_model_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transitions_agree),
        cmocka_unit_test(the_choice_is_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
