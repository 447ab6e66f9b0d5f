/* Levers against the definition restated: every intervention, every scenario. */
#include "support/check.h"

#include "base/mem.h"
#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/levers.h>

enum { N_MOST = 8, SPACE = 100, SIZE_MOST = 3 };

typedef struct trial { /* one question and one intervention */
    const fpl_model *m;
    const fpl_lever_options *options;
    int n;
    uint16_t start[N_MOST];
    int held[N_MOST]; /* by descriptor: the variant, or -1 */
    bool is_row[N_MOST];
    bool is_control[N_MOST];
} trial;

static bool reaches_goal(const trial *t, const uint16_t *z)
{
    return fpl_formula_holds(t->options->goal, z) != t->options->prevent;
}

static int64_t own_tension(const trial *t, const uint16_t *z)
{
    int64_t sum = 0;
    for (int d = 0; d < t->n; d++)
        if (t->held[d] >= 0 && !t->is_row[d]) sum += oracle_tension(t->m, z, d);
    return sum;
}

static bool is_completion(const trial *t, const uint16_t *z)
{
    if (oracle_excluded(t->m, z)) return false;
    for (int d = 0; d < t->n; d++)
        if (t->held[d] >= 0 ? z[d] != t->held[d] : oracle_tension(t->m, z, d) > 0)
            return false;
    return true;
}

typedef struct answer {
    bool is_lever;
    uint64_t completions, reaching;
    int64_t tension;
} answer;

static void by_completions(const trial *t, answer *a)
{
    for (uint64_t i = 0; i < oracle_space(t->m); i++) {
        uint16_t z[N_MOST];
        oracle_scenario(t->m, i, z);
        if (!is_completion(t, z)) continue;
        a->completions++;
        if (!reaches_goal(t, z)) continue;
        a->reaching++;
        const int64_t tension = own_tension(t, z);
        if (t->options->strength <= FPL_STRENGTH_POSSIBLE &&
            (a->tension < 0 || tension < a->tension))
            a->tension = tension;
    }
}

/* After so many steps succession is on its attractor; after so many more it has been all round. */
static bool settles_in_goal(const trial *t, const bool *held, uint16_t *z,
                            int64_t *tension)
{
    bool all = true;
    uint16_t next[N_MOST];
    const uint64_t steps = oracle_space(t->m) + 1;
    for (uint64_t i = 0; i < 2 * steps; i++) {
        oracle_step(t->m, &t->options->dynamics, held, z, z, next);
        memcpy(z, next, sizeof next);
        if (i < steps) continue;
        all = all && reaches_goal(t, z);
        const int64_t own = own_tension(t, z);
        if (tension != NULL && (*tension < 0 || own < *tension)) *tension = own;
    }
    return all;
}

static void by_succession(const trial *t, answer *a)
{
    bool held[N_MOST];
    uint16_t z[N_MOST], next[N_MOST];
    for (int d = 0; d < t->n; d++) {
        held[d] = t->held[d] >= 0;
        z[d] = held[d] ? (uint16_t)t->held[d] : t->start[d];
    }
    a->is_lever = settles_in_goal(t, held, z, &a->tension);
    if (!t->options->release) return;
    a->is_lever = true;
    for (uint64_t i = 0; i <= oracle_space(t->m);
         i++) { /* let go anywhere on the cycle */
        uint16_t from[N_MOST];
        memcpy(from, z, sizeof from);
        a->is_lever = settles_in_goal(t, t->is_row, from, NULL) && a->is_lever;
        oracle_step(t->m, &t->options->dynamics, held, z, z, next);
        memcpy(z, next, sizeof next);
    }
}

static uint64_t number_of(const trial *t, const uint16_t *z)
{
    uint64_t number = 0;
    for (int d = t->n - 1; d >= 0; d--)
        number = number * (uint64_t)fpl_model_n_variants(t->m, d) + z[d];
    return number;
}

/* The best reply of d as one asynchronous move: held ones rest. */
static uint64_t one_move(const trial *t, uint64_t i, int d)
{
    bool held[N_MOST];
    uint16_t z[N_MOST], next[N_MOST];
    oracle_scenario(t->m, i, z);
    for (int e = 0; e < t->n; e++) held[e] = e != d || t->held[e] >= 0;
    const fpl_dynamics global = {.rule = FPL_SUCCESSION_GLOBAL};
    oracle_step(t->m, &global, held, z, z, next);
    return number_of(t, next);
}

static void spread(const trial *t, bool *reached)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (uint64_t i = 0; i < oracle_space(t->m); i++)
            for (int d = 0; d < t->n && reached[i]; d++) {
                const uint64_t to = one_move(t, i, d);
                grew = grew || !reached[to];
                reached[to] = true;
            }
    }
}

/* Every order ends in the goal: whatever can be reached and cannot be left for good has it. */
static void by_all_orders(const trial *t, answer *a)
{
    bool reached[SPACE] = {false};
    uint16_t z[N_MOST];
    for (int d = 0; d < t->n; d++)
        z[d] = t->held[d] >= 0 ? (uint16_t)t->held[d] : t->start[d];
    reached[number_of(t, z)] = true;
    spread(t, reached);
    a->is_lever = true;
    for (uint64_t i = 0; i < oracle_space(t->m); i++) {
        bool on[SPACE] = {false}, closed = true;
        if (!reached[i]) continue;
        on[i] = true;
        spread(t, on);
        for (uint64_t k = 0; k < oracle_space(t->m) && closed; k++) {
            bool back[SPACE] = {false};
            if (!on[k]) continue;
            back[k] = true;
            spread(t, back);
            closed = back[i];
        }
        if (!closed) continue;
        oracle_scenario(t->m, i, z);
        a->is_lever = a->is_lever && reaches_goal(t, z);
        const int64_t own = own_tension(t, z);
        if (a->tension < 0 || own < a->tension) a->tension = own;
    }
}

static answer ask(const trial *t)
{
    answer a = {.tension = -1};
    by_completions(t, &a);
    switch (t->options->strength) {
    case FPL_STRENGTH_NECESSARY:
        a.is_lever = a.completions > 0 && a.reaching == a.completions;
        break;
    case FPL_STRENGTH_POSSIBLE: a.is_lever = a.reaching > 0; break;
    case FPL_STRENGTH_ATTAINED: by_succession(t, &a); break;
    default: by_all_orders(t, &a);
    }
    if (t->options->self_consistent && a.tension != 0) a.is_lever = false;
    return a;
}

typedef struct found {
    fpl_fixing set[SIZE_MOST];
    int n;
} found;

static bool contains(const trial *t, const found *f)
{
    for (int i = 0; i < f->n; i++)
        if (t->held[f->set[i].descriptor] != f->set[i].variant) return false;
    return true;
}

static int64_t cost_of(const trial *t, const fpl_lever *lever)
{
    int64_t cost = 0;
    for (int i = 0; i < lever->n; i++)
        if (t->options->start == NULL ||
            t->start[lever->set[i].descriptor] != lever->set[i].variant)
            cost += t->options->costs == NULL
                        ? 1
                        : t->options->costs[lever->set[i].descriptor];
    return cost;
}

static const fpl_lever *lookup(const trial *t, const fpl_levers *levers, int size)
{
    for (size_t i = 0; i < fpl_levers_n(levers); i++) {
        const fpl_lever *lever = fpl_levers_get(levers, i);
        bool same = lever->n == size;
        for (int k = 0; k < lever->n && same; k++)
            same = t->held[lever->set[k].descriptor] == lever->set[k].variant;
        if (same) return lever;
    }
    return NULL;
}

static void check_witness(const trial *t, const fpl_lever *lever, bool good)
{
    if (t->options->strength <= FPL_STRENGTH_POSSIBLE)
        assert_true(is_completion(t, lever->witness));
    assert_int_equal(reaches_goal(t, lever->witness), good);
}

static void compare(const trial *t, const fpl_levers *levers, int size, found *all,
                    int *n_all)
{
    for (int i = 0; i < *n_all; i++)
        if (contains(t, &all[i])) return;
    const answer due = ask(t);
    const fpl_lever *lever = lookup(t, levers, size);
    uint64_t completions = 0, reaching = 0;
    if ((lever != NULL) != due.is_lever) {
        print_model(t->m);
        for (int d = 0; d < t->n; d++) printf("held[%d] = %d\n", d, t->held[d]);
    }
    assert_int_equal(lever != NULL, due.is_lever);
    if (lever == NULL) return;
    assert_int_equal(fpl_count_get_u64(&lever->completions, &completions), FPL_OK);
    assert_int_equal(fpl_count_get_u64(&lever->reaching, &reaching), FPL_OK);
    assert_true(completions == due.completions && reaching == due.reaching);
    assert_true(lever->tension == due.tension);
    assert_true(lever->cost == cost_of(t, lever));
    check_witness(t, lever, true);
    found *f = &all[(*n_all)++];
    f->n = lever->n;
    memcpy(f->set, lever->set, (size_t)lever->n * sizeof *f->set);
}

static void each(trial *t, const fpl_levers *levers, int size, int more, int from,
                 found *all, int *n_all)
{
    if (more == 0) {
        compare(t, levers, size, all, n_all);
        return;
    }
    for (int d = from; d < t->n; d++) {
        if (!t->is_control[d]) continue;
        for (int v = 0; v < fpl_model_n_variants(t->m, d); v++) {
            t->held[d] = v;
            each(t, levers, size, more - 1, d + 1, all, n_all);
        }
        t->held[d] = -1;
    }
}

static void check_near(trial *t, const fpl_levers *levers)
{
    for (size_t i = 0; i < fpl_levers_n_near(levers); i++) {
        const fpl_lever *near = fpl_levers_near(levers, i);
        for (int k = 0; k < near->n; k++)
            t->held[near->set[k].descriptor] = near->set[k].variant;
        const answer a = ask(t);
        assert_false(a.is_lever);
        assert_true(a.reaching > 0);
        if (!t->options->release) check_witness(t, near, false);
        for (int k = 0; k < near->n; k++) t->held[near->set[k].descriptor] = -1;
    }
}

static void check_one(fpli_rng *rng, const fpl_model *m, fpl_strength strength)
{
    char text[512];
    trial t = {.m = m, .n = fpl_model_n_descriptors(m)};
    fpl_formula *goal = NULL;
    fpl_levers *levers = NULL;
    fpl_fixing row[N_MOST];
    int64_t costs[N_MOST];
    found *all = fpli_new(2000, sizeof *all);
    int n_all = 0, n_row = 0, n_controls = 0;
    random_formula(rng, m, text, sizeof text);
    assert_int_equal(fpl_formula_parse(m, text, &goal, NULL), FPL_OK);
    for (int d = 0; d < t.n; d++) {
        const int k = fpl_model_n_variants(m, d);
        t.held[d] = -1;
        t.start[d] = (uint16_t)fpli_rng_below(rng, (uint64_t)k);
        costs[d] = (int64_t)fpli_rng_below(rng, 4);
        t.is_row[d] = fpli_rng_below(rng, 5) == 0;
        t.is_control[d] = !t.is_row[d] && fpli_rng_below(rng, 4) != 0;
        n_controls += t.is_control[d];
        if (!t.is_row[d]) continue;
        t.held[d] = (int)fpli_rng_below(rng, (uint64_t)k);
        row[n_row++] = (fpl_fixing){(uint16_t)d, (uint16_t)t.held[d]};
    }
    const fpl_lever_options options = {
        .goal = goal,
        .prevent = fpli_rng_below(rng, 3) == 0,
        .strength = strength,
        .row = row,
        .n_row = n_row,
        .controllable = t.is_control,
        .costs = fpli_rng_below(rng, 2) ? costs : NULL,
        .start = t.start,
        .max_size = SIZE_MOST,
        .self_consistent = fpli_rng_below(rng, 4) == 0,
        .release = strength == FPL_STRENGTH_ATTAINED && fpli_rng_below(rng, 2) == 0,
        .dynamics = {.rule = strength == FPL_STRENGTH_ATTAINED && fpli_rng_below(rng, 2)
                                 ? FPL_SUCCESSION_GLOBAL
                                 : FPL_SUCCESSION_LOCAL}};
    t.options = &options;
    const fpl_status status = fpl_levers_compute(m, &options, NULL, &levers, NULL);
    assert_int_equal(status, n_controls == 0 ? FPL_E_ARGUMENT : FPL_OK);
    if (n_controls > 0) {
        assert_int_equal(fpl_levers_stop(levers), FPL_COMPLETE);
        for (int size = 0; size <= SIZE_MOST; size++)
            each(&t, levers, size, size, 0, all, &n_all);
        assert_int_equal(fpl_levers_n(levers), n_all);
        for (size_t i = 1; i < fpl_levers_n(levers); i++)
            assert_true(fpl_levers_get(levers, i - 1)->cost <=
                        fpl_levers_get(levers, i)->cost);
        check_near(&t, levers);
    }
    fpl_levers_free(levers);
    fpl_formula_free(goal);
    fpli_free(all);
}

static void check_strength(fpl_strength strength, int n, uint64_t space)
{
    for (int seed = 0; seed < test_scale(n); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, fpl_strength_get(strength)->name);
        fpl_model *m = random_model(&rng, space);
        check_one(&rng, m, strength);
        fpl_model_free(m);
    }
}

static void necessary_agrees(void **state)
{
    (void)state;
    check_strength(FPL_STRENGTH_NECESSARY, 800, SPACE);
}

static void possible_agrees(void **state)
{
    (void)state;
    check_strength(FPL_STRENGTH_POSSIBLE, 60, SPACE);
}

static void attained_agrees(void **state)
{
    (void)state;
    check_strength(FPL_STRENGTH_ATTAINED, 40, 40);
}

static void guaranteed_agrees(void **state)
{
    (void)state;
    check_strength(FPL_STRENGTH_GUARANTEED, 40, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(necessary_agrees),
        cmocka_unit_test(possible_agrees),
        cmocka_unit_test(attained_agrees),
        cmocka_unit_test(guaranteed_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
