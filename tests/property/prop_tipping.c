/* Tipping distances against brute force: every change of every judged cell, every change of state,
 * every walk over rows. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/tipping.h>

enum { N_MOST = 8, CELLS_MOST = 9, K_MOST = 3, SPACE = 60 };

/* ---- judgements ---------------------------------------------------------------------------- */

/* A model of up to three descriptors, so small that all changes of one column can be tried; groups
 * with reasons of all grades and without, and some that nobody judged. */
static fpl_model *tiny_model(fpli_rng *rng, int scale)
{
    static const char *const ids[] = {"a", "b", "c"}, *const names[] = {"D0", "D1", "D2"};
    static const char *const grades[] = {"stated", "implied", "analyst"};
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    int k[3];
    const int n = scale == 1 ? 3 : 2;
    fpl_variant vs[3] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    const fpl_content header = {.scale = {scale, true}};
    assert_int_equal(fpl_builder_set_header(b, &header, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        k[d] = 1 + (int)fpli_rng_below(rng, 3);
        if (k[d] == 1) k[d] = 1 + (int)fpli_rng_below(rng, 3);
        const fpl_descriptor descriptor = {.id = names[d], .variants = {vs, k[d]}};
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &descriptor, NULL);
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            fpl_scores scores[3] = {0};
            fpl_reason reasons[3] = {0};
            fpl_decimal values[3][3];
            int n_scores = 0, n_reasons = 0;
            for (int a = 0; a < k[i]; a++) {
                if (fpli_rng_below(rng, 4) == 0) continue;
                for (int v = 0; v < k[j]; v++)
                    values[a][v] = (fpl_decimal){
                        (int)fpli_rng_below(rng, (uint64_t)(2 * scale + 1)) - scale, 0};
                scores[n_scores++] = (fpl_scores){.variant = {.id = ids[a]},
                                                  .values = {values[a], k[j]}};
                const uint64_t grade = fpli_rng_below(rng, 4);
                if (grade < 3)
                    reasons[n_reasons++] = (fpl_reason){.variant = {.id = ids[a]},
                                                        .grade = {.id = grades[grade]}};
            }
            const fpl_impact impact = {.from = {.id = names[i]},
                                       .to = {.id = names[j]},
                                       .scores = {scores, n_scores},
                                       .because = {reasons, n_reasons}};
            if (n_scores > 0) fpl_builder_add(b, FPL_RECORD_IMPACT, &impact, NULL);
        }
    if (fpli_rng_below(rng, 3) == 0) {
        const fpl_exclusion exclusion = {.when = {.text = "D0=a and D1=a"}};
        fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    }
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return model;
}

static int price_of(const fpl_model *m, int i, int a, int j)
{
    const fpl_reason *reason = fpl_model_reason(m, i, a, j);
    if (reason == NULL || reason->grade.id == NULL) return 1;
    return strcmp(reason->grade.id, "stated") == 0    ? 4
           : strcmp(reason->grade.id, "implied") == 0 ? 2
                                                      : 1;
}

/* The cheapest values of the cells of column j, by trying all; -1 if none does. */
static int64_t brute(const fpl_model *m, const uint16_t *z, int j, bool mend)
{
    const int n = fpl_model_n_descriptors(m), k = fpl_model_n_variants(m, j);
    const int scale = fpl_model_scale(m);
    int source[CELLS_MOST], variant[CELLS_MOST], value[CELLS_MOST], n_cells = 0;
    bool rival[K_MOST];
    int32_t base[K_MOST] = {0};
    int64_t best = -1;
    uint16_t y[N_MOST];
    memcpy(y, z, (size_t)n * sizeof *z);
    for (int v = 0; v < k; v++) {
        y[j] = (uint16_t)v;
        rival[v] = v != z[j] && !oracle_excluded(m, y);
        for (int i = 0; i < n; i++) {
            if (!fpl_model_is_judged(m, i, z[i], j)) continue;
            source[n_cells] = i;
            variant[n_cells] = v;
            value[n_cells++] = -scale;
        }
    }
    for (;;) {
        int32_t balance[K_MOST];
        int64_t cost = 0;
        bool consistent = true;
        memcpy(balance, base, sizeof balance);
        for (int c = 0; c < n_cells; c++) {
            const int i = source[c];
            balance[variant[c]] += value[c];
            cost += (int64_t)abs(value[c] -
                                 fpl_model_judgement(m, i, z[i], j, variant[c])) *
                    price_of(m, i, z[i], j);
        }
        for (int v = 0; v < k; v++)
            if (rival[v] && balance[v] > balance[z[j]]) consistent = false;
        if (consistent == mend && (best < 0 || cost < best)) best = cost;
        int c = 0;
        while (c < n_cells && value[c] == scale) value[c++] = -scale;
        if (c == n_cells) return best;
        value[c]++;
    }
}

/* What a listed change costs, and that it does what it says. */
static int64_t apply(const fpl_model *m, const uint16_t *z,
                     const fpl_judgement_tipping *item, bool mend)
{
    const int j = item->descriptor, k = fpl_model_n_variants(m, j);
    int32_t balance[K_MOST];
    int64_t cost = 0;
    bool consistent = true;
    for (int v = 0; v < k; v++) balance[v] = oracle_score(m, z, j, v);
    for (int c = 0; c < item->n_cells; c++) {
        const fpl_cell_change *cell = &item->cells[c];
        assert_int_equal(cell->to, j);
        assert_true(fpl_model_is_judged(m, cell->from, z[cell->from], j));
        assert_int_equal(cell->before, fpl_model_judgement(m, cell->from, z[cell->from],
                                                           j, cell->variant));
        assert_true(abs(cell->after) <= fpl_model_scale(m) &&
                    cell->after != cell->before);
        balance[cell->variant] += cell->after - cell->before;
        cost += (int64_t)abs(cell->after - cell->before) *
                price_of(m, cell->from, z[cell->from], j);
    }
    for (int v = 0; v < k; v++) {
        uint16_t y[N_MOST];
        memcpy(y, z, (size_t)fpl_model_n_descriptors(m) * sizeof *z);
        y[j] = (uint16_t)v;
        if (v != z[j] && !oracle_excluded(m, y) && balance[v] > balance[z[j]])
            consistent = false;
    }
    assert_int_equal(consistent, mend);
    return cost;
}

static const fpl_judgement_tipping *of_descriptor(const fpl_judgement_tippings *t, int j)
{
    for (int i = 0; i < fpl_judgement_tippings_n(t); i++)
        if (fpl_judgement_tippings_get(t, i)->descriptor == j)
            return fpl_judgement_tippings_get(t, i);
    return NULL;
}

static void check_scenario(const fpl_model *m, const uint16_t *z)
{
    const int n = fpl_model_n_descriptors(m);
    const bool excluded = oracle_excluded(m, z);
    const bool mend = excluded || oracle_total(m, z) > 0;
    fpl_judgement_tippings *t = NULL;
    int64_t least = -1, sum = 0;
    assert_int_equal(fpl_judgement_tipping_find(m, z, &t, NULL), FPL_OK);
    assert_int_equal(fpl_judgement_tippings_mends(t), mend);
    for (int j = 0; j < n; j++) {
        const fpl_judgement_tipping *item = of_descriptor(t, j);
        if (mend && oracle_tension(m, z, j) == 0) {
            assert_null(item);
            continue;
        }
        const int64_t due = brute(m, z, j, mend);
        if (item == NULL) {
            assert_true(due < 0); /* it has no rival */
            continue;
        }
        if (item->cost != due) print_model(m);
        assert_true(item->cost == due);
        if (due >= 0) assert_true(apply(m, z, item, mend) == due);
        if (due >= 0 && (least < 0 || due < least)) least = due;
        sum = due < 0 || sum < 0 ? -1 : sum + due;
    }
    assert_true(fpl_judgement_tippings_cost(t) == (excluded ? -1 : mend ? sum : least));
    fpl_judgement_tippings_free(t);
}

static void judgements_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(60); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "judgements");
        fpl_model *m = tiny_model(&rng, seed % 2 ? 1 : 2);
        for (uint64_t i = 0; i < oracle_space(m); i += 1 + fpli_rng_below(&rng, 9)) {
            uint16_t z[N_MOST];
            oracle_scenario(m, i, z);
            check_scenario(m, z);
        }
        fpl_model_free(m);
    }
}

/* ---- state --------------------------------------------------------------------------------- */

/* The first member, in listing order, of where succession ends. */
static uint64_t ends_at(const fpl_model *m, const fpl_dynamics *dynamics,
                        const uint16_t *z)
{
    uint16_t at[N_MOST], next[N_MOST];
    const size_t size = (size_t)fpl_model_n_descriptors(m) * sizeof *at;
    uint64_t lowest = UINT64_MAX;
    memcpy(at, z, size);
    for (uint64_t i = 0; i < 2 * oracle_space(m) + 2; i++) {
        oracle_step(m, dynamics, NULL, at, at, next);
        memcpy(at, next, size);
        if (i <= oracle_space(m)) continue;
        uint64_t number = 0;
        for (int d = fpl_model_n_descriptors(m) - 1; d >= 0; d--)
            number = number * (uint64_t)fpl_model_n_variants(m, d) + at[d];
        if (number < lowest) lowest = number;
    }
    return lowest;
}

static void states_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(100); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "states");
        fpl_model *m = random_model(&rng, SPACE);
        uint16_t z[N_MOST], y[N_MOST];
        fpl_state_tipping *t = NULL;
        const fpl_state_options options = {
            .dynamics = {.rule = seed % 2 ? FPL_SUCCESSION_GLOBAL : FPL_SUCCESSION_LOCAL},
            .max_changes = 1 + seed % 3};
        size_t due[N_MOST + 1] = {0};
        oracle_scenario(m, fpli_rng_below(&rng, oracle_space(m)), z);
        const uint64_t home = ends_at(m, &options.dynamics, z);
        for (uint64_t i = 0; i < oracle_space(m); i++) {
            oracle_scenario(m, i, y);
            if (ends_at(m, &options.dynamics, y) != home)
                due[fpl_distance(m, z, y, false)]++;
        }
        int distance = 1;
        while (distance <= options.max_changes && due[distance] == 0) distance++;
        if (distance > options.max_changes) distance = -1;
        assert_int_equal(fpl_state_tipping_find(m, z, &options, NULL, &t, NULL), FPL_OK);
        assert_int_equal(fpl_state_tipping_stop(t), FPL_COMPLETE);
        assert_int_equal(fpl_state_tipping_distance(t), distance);
        assert_int_equal(fpl_state_tipping_n(t), distance < 0 ? 0 : due[distance]);
        for (size_t i = 0; i < fpl_state_tipping_n(t); i++) {
            const fpl_state_change *c = fpl_state_tipping_get(t, i);
            memcpy(y, z, sizeof y);
            for (int k = 0; k < distance; k++)
                y[c->changes[k].descriptor] = c->changes[k].variant;
            const uint64_t end = ends_at(m, &options.dynamics, y);
            assert_true(end != home && end == ends_at(m, &options.dynamics, c->to));
        }
        fpl_state_tipping_free(t);
        fpl_model_free(m);
    }
}

/* ---- drivers ------------------------------------------------------------------------------- */

/* The same shape with the last descriptor as level: an ordered choice. */
static fpl_model *with_level(const fpl_model *plain)
{
    fpl_builder *b = NULL;
    fpl_model *m = NULL;
    const fpl_content *from = fpl_model_content(plain);
    const int n = from->descriptors.n;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        fpl_descriptor copy = from->descriptors.items[d];
        if (d == n - 1) {
            copy.kind = FPL_CHOICE;
            copy.ordered = FPL_YES;
        } else if (d < 3) {
            copy.kind = FPL_DRIVER;
        }
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &copy, NULL);
    }
    for (int i = 0; i < from->impacts.n; i++)
        fpl_builder_add(b, FPL_RECORD_IMPACT, &from->impacts.items[i], NULL);
    fpl_content header = *fpl_builder_content(b);
    header.scale = from->scale;
    header.level = (fpl_ref){.id = from->descriptors.items[n - 1].id};
    assert_int_equal(fpl_builder_set_header(b, &header, NULL), FPL_OK);
    fpl_error error = {0};
    if (fpl_builder_build(b, &m, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return m;
}

/* Breadth first over single moves of single drivers. */
static int walk(const fpl_model *m, const fpl_roadmap *r, size_t from, int level)
{
    int at[SPACE];
    const int n = (int)fpl_roadmap_n_rows(r);
    const uint64_t present = fpl_roadmap_row(r, from)->default_levels;
    for (int i = 0; i < n; i++) at[i] = i == (int)from ? 0 : -1;
    for (int moves = 0; moves <= n; moves++)
        for (int i = 0; i < n; i++) {
            if (at[i] != moves) continue;
            const fpl_row *row = fpl_roadmap_row(r, (size_t)i);
            if (level >= 0 ? row->possible >> level & 1 : row->default_levels != present)
                return moves;
            for (int o = 0; o < n; o++) {
                const fpl_row *other = fpl_roadmap_row(r, (size_t)o);
                int differ = 0;
                bool near = true;
                for (int d = 0; d < fpl_roadmap_n_drivers(r); d++) {
                    const int apart = abs(row->drivers[d] - other->drivers[d]);
                    differ += apart > 0;
                    if (fpl_model_is_ordered(m, fpl_roadmap_drivers(r)[d]) && apart > 1)
                        near = false;
                }
                if (differ == 1 && near && at[o] < 0) at[o] = moves + 1;
            }
        }
    return -1;
}

static void drivers_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(150); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "rows");
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *m = with_level(plain);
        fpl_roadmap *r = NULL;
        fpl_driver_tipping t = {0};
        uint16_t z[N_MOST];
        oracle_scenario(m, fpli_rng_below(&rng, oracle_space(m)), z);
        const fpl_roadmap_options options = {.start = z};
        assert_int_equal(fpl_roadmap_compute(m, &options, NULL, &r, NULL), FPL_OK);
        const int k = fpl_model_n_variants(m, fpl_model_level(m));
        for (int level = -1; level < k; level++) {
            assert_int_equal(fpl_driver_tipping_find(m, r, z, level, &t, NULL), FPL_OK);
            assert_int_equal(t.distance, walk(m, r, t.from, level));
            assert_int_equal(t.n_rows > 0, t.distance >= 0);
            for (int d = 0; d < fpl_roadmap_n_drivers(r); d++)
                assert_int_equal(fpl_roadmap_row(r, t.from)->drivers[d],
                                 z[fpl_roadmap_drivers(r)[d]]);
            fpl_driver_tipping_clear(&t);
        }
        assert_int_equal(fpl_driver_tipping_find(m, r, z, k, &t, NULL), FPL_E_ARGUMENT);
        fpl_roadmap_free(r);
        fpl_model_free(m);
        fpl_model_free(plain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judgements_agree),
        cmocka_unit_test(states_agree),
        cmocka_unit_test(drivers_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
