/* Traps, claims and hysteresis against plain restatements, on small random models. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"
#include "support/roadmaps.h"

#include <fahrplan/loops.h>
#include <fahrplan/succession.h>

enum { SPACE = 120, N_MOST = 8, SIZE = 3 };

/* Whether everybody in the assignment (1 + variant, 0: free) prefers to stay in every extension. */
static bool is_trap(const fpl_model *m, const int *assigned)
{
    const int n = fpl_model_n_descriptors(m);
    for (uint64_t i = 0; i < oracle_space(m); i++) {
        uint16_t z[N_MOST];
        bool extends = true;
        oracle_scenario(m, i, z);
        for (int d = 0; d < n; d++)
            extends = extends && (assigned[d] == 0 || z[d] == assigned[d] - 1);
        if (!extends || oracle_excluded(m, z)) continue;
        for (int d = 0; d < n; d++)
            if (assigned[d] != 0 && oracle_tension(m, z, d) > 0) return false;
    }
    return true;
}

static bool has_smaller(const fpl_model *m, int *assigned)
{
    const int n = fpl_model_n_descriptors(m);
    int members = 0;
    for (int d = 0; d < n; d++) members += assigned[d] != 0;
    for (int part = 1; part < (1 << n) - 1; part++) {
        int own[N_MOST] = {0}, size = 0;
        bool inside = true;
        for (int d = 0; d < n; d++) {
            if (!(part >> d & 1)) continue;
            inside = inside && assigned[d] != 0;
            own[d] = assigned[d];
            size++;
        }
        if (inside && size < members && is_trap(m, own)) return true;
    }
    return false;
}

static int times_listed(const fpl_model *m, const fpl_traps *traps, const int *assigned)
{
    int times = 0;
    for (size_t t = 0; t < fpl_traps_n(traps); t++) {
        const fpl_trap *trap = fpl_traps_get(traps, t);
        int own[N_MOST] = {0};
        for (int i = 0; i < trap->n; i++)
            own[trap->members[i].descriptor] = trap->members[i].variant + 1;
        times += memcmp(own, assigned,
                        (size_t)fpl_model_n_descriptors(m) * sizeof *own) == 0;
    }
    return times;
}

static void traps_agree(void **state)
{
    (void)state;
    size_t n_traps = 0;
    for (int seed = 0; seed < test_scale(120); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "traps");
        fpl_model *m = random_model(&rng, SPACE);
        const int n = fpl_model_n_descriptors(m);
        const bool exact = fpl_model_content(m)->exclusions.n == 0;
        fpl_traps *traps = NULL;
        int assigned[N_MOST] = {0};
        assert_int_equal(fpl_traps_find(m, SIZE, NULL, &traps, NULL), FPL_OK);
        n_traps += fpl_traps_n(traps);
        for (int d = 0; d < n;) { /* every assignment */
            int size = 0;
            bool movable = true;
            for (int i = 0; i < n; i++) {
                size += assigned[i] != 0;
                movable = movable && (assigned[i] == 0 || fpl_model_n_variants(m, i) > 1);
            }
            const int times = times_listed(m, traps, assigned);
            if (times > 0) {
                assert_int_equal(times, 1);
                assert_true(is_trap(m, assigned));
            }
            if (exact && size >= 1 && size <= SIZE && movable)
                assert_int_equal(times,
                                 is_trap(m, assigned) && !has_smaller(m, assigned));
            for (d = 0; d < n; d++) {
                if (++assigned[d] <= fpl_model_n_variants(m, d)) break;
                assigned[d] = 0;
            }
        }
        fpl_traps_free(traps);
        fpl_model_free(m);
    }
    assert_true(n_traps > 50);
}

/* ---- where succession ends ------------------------------------------------------------------ */

typedef struct rest {
    uint16_t first[N_MOST];
    fpl_level_set levels;
    bool fact;
} rest;

static rest settle(const fpl_roadmap *r, const fpl_dynamics *dynamics, fpl_fixing *held,
                   int n_held, const uint16_t *z, const fpl_formula *fact)
{
    const size_t n = (size_t)fpl_model_n_descriptors(r->model);
    const int level = fpl_model_level(r->model);
    rest end = {.fact = true};
    fpl_attractor a = {0};
    assert_int_equal(fpl_settle(r->model, dynamics, held, n_held, z, &a, NULL), FPL_OK);
    memcpy(end.first, a.members, n * sizeof *z);
    for (size_t i = 0; i < a.length; i++) {
        end.levels |= (fpl_level_set)1 << a.members[i * n + (size_t)level];
        end.fact = end.fact &&
                   (fact == NULL || fpl_formula_holds(fact, a.members + i * n));
    }
    fpl_attractor_clear(&a);
    return end;
}

static int hold_row(const fpl_roadmap *r, size_t row, fpl_fixing *held)
{
    for (int i = 0; i < r->n_drivers; i++)
        held[i] = (fpl_fixing){r->drivers[i], r->rows[row].drivers[i]};
    return r->n_drivers;
}

/* All ways to make the claim true without the drivers, the nearest to z, then the lowest. */
static bool nearest(const fpl_roadmap *r, const fpl_formula *claim, const bool *named,
                    const uint16_t *z, uint16_t *best)
{
    const int n = fpl_model_n_descriptors(r->model);
    int fewest = 1000;
    for (uint64_t i = 0; i < oracle_space(r->model); i++) {
        uint16_t x[N_MOST];
        int changes = 0;
        bool possible = true, first = true;
        oracle_scenario(r->model, i, x);
        for (int d = 0; d < n; d++) {
            bool driver = false;
            for (int k = 0; k < r->n_drivers; k++) driver |= r->drivers[k] == d;
            if (!named[d] || driver) possible = possible && x[d] == z[d];
            changes += x[d] != z[d];
        }
        if (!possible || changes > fewest || !fpl_formula_holds(claim, x)) continue;
        if (changes == fewest) { /* lower in the order of descriptors */
            int d = 0;
            while (d < n && x[d] == best[d]) d++;
            first = d < n && x[d] < best[d];
        }
        if (!first) continue;
        fewest = changes;
        memcpy(best, x, sizeof x);
    }
    return fewest < 1000;
}

static fpl_model *with_claim(fpli_rng *rng, const fpl_model *m, char text[2][512])
{
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    for (int i = 0; i < 2; i++) random_formula(rng, m, text[i], 512);
    const fpl_claim claim = {
        .id = "c", .claim = {.text = text[0]}, .fact = {.text = text[1]}};
    assert_int_equal(fpl_builder_copy(m, &b, NULL), FPL_OK);
    assert_int_equal(fpl_builder_add(b, FPL_RECORD_CLAIM, &claim, NULL), FPL_OK);
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

static fpl_claim_answer answer_in(const fpl_roadmap *r, const fpl_dynamics *dynamics,
                                  const fpl_claim *claim, size_t row)
{
    fpl_fixing held[2 * N_MOST];
    uint16_t best[N_MOST];
    bool named[N_MOST] = {false};
    int n_held = hold_row(r, row, held);
    const fpl_formula *fact = claim->fact.formula;
    const rest before = settle(r, dynamics, held, n_held, r->start, fact);
    fpl_formula_mark_descriptors(claim->claim.formula, named);
    if (!nearest(r, claim->claim.formula, named, before.first, best))
        return FPL_CLAIM_NOT_HELD;
    for (int d = 0; d < fpl_model_n_descriptors(r->model); d++) {
        bool driver = false;
        for (int k = 0; k < r->n_drivers; k++) driver |= r->drivers[k] == d;
        if (named[d] && !driver) held[n_held++] = (fpl_fixing){(uint16_t)d, best[d]};
    }
    const rest during = settle(r, dynamics, held, n_held, before.first, fact);
    const rest after = settle(r, dynamics, held, r->n_drivers, during.first, fact);
    if (!before.fact && after.fact) return FPL_CLAIM_SELF_FULFILLING;
    if (before.fact && !after.fact) return FPL_CLAIM_SELF_DEFEATING;
    return !before.fact && during.fact ? FPL_CLAIM_PROVOKED : FPL_CLAIM_INERT;
}

static void claims_and_hysteresis_agree(void **state)
{
    (void)state;
    int seen[FPL_CLAIM_ANSWER_END] = {0}, n_locked = 0;
    for (int seed = 0; seed < test_scale(400); seed++) {
        fpli_rng rng;
        char text[2][512];
        fpli_rng_start(&rng, (uint64_t)seed, "claims");
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *level = model_with_level(&rng, plain);
        fpl_model_free(plain);
        if (level == NULL) continue;
        fpl_model *m = with_claim(&rng, level, text);
        fpl_model_free(level);
        const fpl_dynamics dynamics = {.rule = seed % 3 ? FPL_SUCCESSION_LOCAL
                                                        : FPL_SUCCESSION_GLOBAL};
        fpl_roadmap *r = NULL;
        fpl_claim_trials *trials = NULL;
        fpl_hysteresis *h = NULL;
        assert_int_equal(fpl_roadmap_compute(m, NULL, NULL, &r, NULL), FPL_OK);
        assert_int_equal(fpl_claims_test(m, r, &dynamics, NULL, &trials, NULL), FPL_OK);
        assert_int_equal(fpl_hysteresis_compute(r, &dynamics, NULL, &h, NULL), FPL_OK);
        for (size_t x = 0; x < r->n_rows; x++) {
            fpl_fixing held[N_MOST];
            const fpl_claim_answer answer = fpl_claim_trials_get(trials, 0, x)->answer;
            assert_int_equal(
                answer,
                answer_in(r, &dynamics, &fpl_model_content(m)->claims.items[0], x));
            seen[answer]++;
            const rest first = settle(r, &dynamics, held, hold_row(r, x, held), r->start,
                                      NULL);
            for (size_t y = 0; y < r->n_rows; y++) {
                const int n_held = hold_row(r, y, held);
                const rest then = settle(r, &dynamics, held, n_held, first.first, NULL);
                const rest own = settle(r, &dynamics, held, n_held, r->start, NULL);
                if (x != y) assert_int_equal(fpl_hysteresis_get(h, x, y), then.levels);
                assert_int_equal(fpl_hysteresis_get(h, y, y), own.levels);
                assert_int_equal(fpl_hysteresis_is_locked(h, x, y),
                                 x != y && then.levels == first.levels &&
                                     then.levels != own.levels);
                n_locked += fpl_hysteresis_is_locked(h, x, y);
            }
        }
        fpl_hysteresis_free(h);
        fpl_claim_trials_free(trials);
        fpl_roadmap_free(r);
        fpl_model_free(m);
    }
    for (int a = 0; a < FPL_CLAIM_ANSWER_END; a++) assert_true(seen[a] > 0);
    assert_true(n_locked > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traps_agree),
        cmocka_unit_test(claims_and_hysteresis_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
