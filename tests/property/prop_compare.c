/* Two models side by side, against plain restatements on small random models. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/compare.h>
#include <fahrplan/vary.h>

enum { SPACE = 300, N_MOST = 8, SETTINGS_MOST = 4 };

static const fpl_limits one = {.n_threads = 1};

/* ---- changed models -------------------------------------------------------------------------- */

/* Some judgements of groups that are stated already; each cell at most once. Returns how many. */
static int draw_settings(fpli_rng *rng, const fpl_model *m, fpl_setting_of_score *drawn,
                         fpl_setting_of_score *before)
{
    const fpl_content *content = fpl_model_content(m);
    int n = 0;
    for (int i = 0; i < SETTINGS_MOST && content->impacts.n > 0; i++) {
        const fpl_impact *impact =
            &content->impacts.items[fpli_rng_below(rng, (uint64_t)content->impacts.n)];
        const fpl_scores *row =
            &impact->scores.items[fpli_rng_below(rng, (uint64_t)impact->scores.n)];
        const int b = (int)fpli_rng_below(rng, (uint64_t)row->values.n);
        const fpl_setting_of_score at = {impact->from.index, row->variant.index,
                                         impact->to.index, b, row->values.items[b]};
        bool again = false;
        for (int k = 0; k < n; k++)
            again = again || memcmp(&before[k], &at, 4 * sizeof(int)) == 0;
        if (again) continue;
        before[n] = drawn[n] = at;
        drawn[n++].score = (fpl_decimal){(int)fpli_rng_below(rng, 7) - 3, 0};
    }
    return n;
}

static fpl_model *varied(const fpl_model *m, const fpl_setting_of_score *settings, int n)
{
    fpl_model *made = NULL;
    const fpl_variation variation = {.scores = {settings, n}};
    assert_int_equal(fpl_model_vary(m, &variation, &made, NULL, NULL), FPL_OK);
    return made;
}

static size_t n_differences(const fpl_model *a, const fpl_model *b)
{
    fpl_difference *d = NULL;
    assert_int_equal(fpl_models_diff(a, b, &d, NULL), FPL_OK);
    const size_t n = fpl_difference_n(d);
    fpl_difference_free(d);
    return n;
}

/* ---- what is stated -------------------------------------------------------------------------- */

static void a_change_is_listed_and_its_undoing_leaves_nothing(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "undo");
        fpl_setting_of_score drawn[SETTINGS_MOST], before[SETTINGS_MOST];
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *level = model_with_level(&rng, plain);
        fpl_model *m = level == NULL ? plain : level;
        const int n = draw_settings(&rng, m, drawn, before);
        fpl_model *changed = varied(m, drawn, n), *undone = varied(changed, before, n);
        size_t due = 0;
        for (int i = 0; i < n; i++) due += drawn[i].score.value != before[i].score.value;
        assert_int_equal(n_differences(m, m), 0);
        assert_int_equal(n_differences(m, changed), due);
        assert_int_equal(n_differences(m, undone), 0);
        assert_string_equal(fpl_model_digest(m), fpl_model_digest(undone));
        fpl_comparison *c = NULL;
        assert_int_equal(fpl_compare(m, undone, NULL, &one, &c, NULL), FPL_OK);
        assert_false(fpl_comparison_differs(c));
        fpl_comparison_free(c);
        fpl_model_free(undone);
        fpl_model_free(changed);
        if (level != NULL) fpl_model_free(level);
        fpl_model_free(plain);
    }
}

/* ---- scenarios ------------------------------------------------------------------------------- */

static int lead_of(const fpl_model *m, const uint16_t *z, const fpl_cause *cause,
                   int side)
{
    const int d = cause->descriptor[side];
    return oracle_score(m, z, d, cause->chosen[side]) -
           oracle_score(m, z, d, cause->rival[side]);
}

/* Both models have the same shape, so z is a scenario of either. */
static void check_cause(const fpl_model *const models[2], const fpl_shift *shift,
                        const fpl_cause *cause)
{
    const int other = 1 - shift->side;
    if (cause->kind == FPL_CAUSE_EXCLUDED) {
        assert_true(oracle_excluded(models[other], shift->z));
        return;
    }
    assert_int_equal(cause->kind, FPL_CAUSE_BALANCE);
    assert_int_equal(-cause->lead[other],
                     oracle_tension(models[other], shift->z, cause->descriptor[other]));
    int sum = 0;
    for (int side = 0; side < 2; side++)
        assert_int_equal(cause->lead[side], lead_of(models[side], shift->z, cause, side));
    for (int i = 0; i < cause->contributions.n; i++) {
        const fpl_contribution *item = &cause->contributions.items[i];
        sum += item->weight[FPL_NEW] - item->weight[FPL_OLD];
        assert_true(item->weight[FPL_NEW] != item->weight[FPL_OLD]);
    }
    assert_int_equal(sum, cause->lead[FPL_NEW] - cause->lead[FPL_OLD]);
}

static void check_shifts(const fpl_model *const models[2], const fpl_comparison *c,
                         const fpl_query *const queries[2], int side)
{
    size_t at = 0;
    for (uint64_t i = 0; i < oracle_space(models[side]); i++) {
        uint16_t z[N_MOST];
        oracle_scenario(models[side], i, z);
        if (!oracle_admits(models[side], queries[side], z) ||
            oracle_admits(models[1 - side], queries[1 - side], z))
            continue;
        assert_true(at < fpl_comparison_n_shifts(c, side));
        const fpl_shift *shift = fpl_comparison_shift(c, side, at++);
        assert_memory_equal(shift->z, z,
                            (size_t)fpl_model_n_descriptors(models[side]) * sizeof *z);
        assert_true(shift->causes.n > 0);
        for (int k = 0; k < shift->causes.n; k++)
            if (shift->causes.items[k].kind != FPL_CAUSE_HELD)
                check_cause(models, shift, &shift->causes.items[k]);
    }
    assert_int_equal(at, fpl_comparison_n_shifts(c, side));
}

static void gained_and_lost_agree_with_brute_force(void **state)
{
    (void)state;
    size_t n_shifts = 0, n_held = 0;
    for (int seed = 0; seed < test_scale(400); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "gained");
        fpl_setting_of_score drawn[SETTINGS_MOST], before[SETTINGS_MOST];
        fpl_model *m = random_model(&rng, SPACE);
        fpl_model *changed = varied(m, drawn, draw_settings(&rng, m, drawn, before));
        const int d = (int)fpli_rng_below(&rng, (uint64_t)fpl_model_n_descriptors(m));
        const fpl_fixing held = {
            (uint16_t)d,
            (uint16_t)fpli_rng_below(&rng, (uint64_t)fpl_model_n_variants(m, d))};
        const fpl_query none = {0};
        const fpl_query fixed = {.reading = FPL_DO, .fixed = &held, .n_fixed = 1};
        const bool holds = seed % 3 == 0;
        const fpl_compare_options options = {.held = {NULL, &held},
                                             .n_held = {0, holds ? 1 : 0}};
        const fpl_model *const models[] = {m, changed};
        const fpl_query *const queries[] = {&none, holds ? &fixed : &none};
        fpl_comparison *c = NULL;
        assert_int_equal(fpl_compare(m, changed, &options, &one, &c, NULL), FPL_OK);
        for (int side = 0; side < 2; side++) {
            check_shifts(models, c, queries, side);
            n_shifts += fpl_comparison_n_shifts(c, side);
        }
        n_held += holds;
        fpl_comparison_free(c);
        fpl_model_free(changed);
        fpl_model_free(m);
    }
    assert_true(n_shifts > 100);
    assert_true(n_held > 100);
}

/* ---- shapes ----------------------------------------------------------------------------------- */

/* The model without its last descriptor and all that names it; NULL if exclusions might. */
static fpl_model *without_last(const fpl_model *m)
{
    const fpl_content *content = fpl_model_content(m);
    const int n = content->descriptors.n;
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    if (n < 2 || content->exclusions.n > 0) return NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n - 1; d++)
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &content->descriptors.items[d], NULL);
    for (int i = 0; i < content->impacts.n; i++) {
        const fpl_impact *impact = &content->impacts.items[i];
        if (impact->from.index < n - 1 && impact->to.index < n - 1)
            fpl_builder_add(b, FPL_RECORD_IMPACT, impact, NULL);
    }
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

/* Whether some scenario of `large` agrees with z in the first n descriptors. */
static bool has_completion(const fpl_model *large, const uint16_t *z, int n)
{
    const fpl_query none = {0};
    for (uint64_t i = 0; i < oracle_space(large); i++) {
        uint16_t all[N_MOST];
        oracle_scenario(large, i, all);
        if (memcmp(all, z, (size_t)n * sizeof *z) == 0 &&
            oracle_admits(large, &none, all))
            return true;
    }
    return false;
}

static void a_descriptor_less_is_seen_through(void **state)
{
    (void)state;
    const fpl_query none = {0};
    int tried = 0;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "shapes");
        fpl_model *large = random_model(&rng, SPACE), *small = without_last(large);
        if (small != NULL) {
            fpl_comparison *c = NULL;
            const int n = fpl_model_n_descriptors(small);
            size_t lost = 0, gained = 0;
            uint16_t z[N_MOST];
            assert_int_equal(fpl_compare(large, small, NULL, &one, &c, NULL), FPL_OK);
            for (uint64_t i = 0; i < oracle_space(large); i++) {
                oracle_scenario(large, i, z);
                lost += oracle_admits(large, &none, z) && !oracle_admits(small, &none, z);
            }
            for (uint64_t i = 0; i < oracle_space(small); i++) {
                oracle_scenario(small, i, z);
                gained += oracle_admits(small, &none, z) && !has_completion(large, z, n);
            }
            assert_int_equal(fpl_comparison_n_shifts(c, FPL_OLD), lost);
            assert_int_equal(fpl_comparison_n_shifts(c, FPL_NEW), gained);
            fpl_comparison_free(c);
            tried++;
        }
        fpl_model_free(small);
        fpl_model_free(large);
    }
    assert_true(tried > 50);
}

/* The same model with its descriptors in the opposite order and other ids. */
static fpl_model *mirrored(const fpl_model *m)
{
    const fpl_content *content = fpl_model_content(m);
    const int n = content->descriptors.n;
    char ids[N_MOST][16];
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = n - 1; d >= 0; d--) {
        fpl_descriptor copy = content->descriptors.items[d];
        snprintf(ids[d], sizeof ids[d], "X%d", d);
        copy.id = ids[d];
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &copy, NULL);
    }
    for (int i = 0; i < content->impacts.n; i++) {
        fpl_impact copy = content->impacts.items[i];
        copy.from.id = ids[copy.from.index];
        copy.to.id = ids[copy.to.index];
        fpl_builder_add(b, FPL_RECORD_IMPACT, &copy, NULL);
    }
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

/* Descriptors named alike are recognised under other ids and in another order. */
static fpl_model *named(const fpl_model *m)
{
    const fpl_content *content = fpl_model_content(m);
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < content->descriptors.n; d++) {
        char name[16];
        snprintf(name, sizeof name, "The %d", d);
        fpl_phrase phrase = {.language = "", .text = name};
        fpl_descriptor copy = content->descriptors.items[d];
        copy.name.items = &phrase;
        copy.name.n = 1;
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &copy, NULL);
    }
    for (int i = 0; i < content->impacts.n; i++)
        fpl_builder_add(b, FPL_RECORD_IMPACT, &content->impacts.items[i], NULL);
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

static void renaming_and_reordering_change_no_answer(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "mirror");
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *m = named(plain), *other = mirrored(m);
        fpl_comparison *c = NULL;
        fpl_difference *d = NULL;
        const int n = fpl_model_n_descriptors(m);
        assert_int_equal(fpl_compare(m, other, NULL, &one, &c, NULL), FPL_OK);
        assert_false(fpl_comparison_differs(c));
        assert_int_equal(fpl_models_diff(m, other, &d, NULL), FPL_OK);
        assert_int_equal(fpl_difference_n(d), n > 1 ? n + 1 : 1); /* ids and the order */
        fpl_difference_free(d);
        fpl_comparison_free(c);
        fpl_model_free(other);
        fpl_model_free(m);
        fpl_model_free(plain);
    }
}

/* ---- rows ------------------------------------------------------------------------------------- */

static void check_witnesses(const fpl_model *const models[2], const fpl_roadmap *map,
                            const fpl_row_shift *shift)
{
    fpl_fixing held[N_MOST];
    const int n = fpl_roadmap_n_drivers(map);
    for (int i = 0; i < n; i++)
        held[i] = (fpl_fixing){fpl_roadmap_drivers(map)[i],
                               fpl_roadmap_row(map, shift->row[FPL_OLD])->drivers[i]};
    const fpl_query query = {.reading = FPL_DO, .fixed = held, .n_fixed = n};
    assert_true((shift->witnesses.n > 0) == ((shift->differs & FPL_ROW_POSSIBLE) != 0));
    for (int i = 0; i < shift->witnesses.n; i++) {
        const fpl_shift *witness = &shift->witnesses.items[i];
        assert_true(oracle_admits(models[witness->side], &query, witness->z));
        assert_false(oracle_admits(models[1 - witness->side], &query, witness->z));
        for (int k = 0; k < witness->causes.n; k++)
            check_cause(models, witness, &witness->causes.items[k]);
    }
}

/* The parting is where one of the two moves and the other does not move alike. */
static void check_parting(const fpl_row_shift *shift)
{
    if (!(shift->differs & FPL_ROW_DEFAULT)) return;
    assert_non_null(shift->parting);
    assert_true(shift->causes.n >= 1 && shift->causes.n <= 2);
    int moves = 0;
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < shift->causes.n; i++)
            moves += shift->causes.items[i].lead[side] < 0;
    assert_true(moves > 0);
}

static void rows_agree_with_their_roadmaps(void **state)
{
    (void)state;
    size_t n_rows = 0;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "rows");
        fpl_setting_of_score drawn[SETTINGS_MOST], before[SETTINGS_MOST];
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *m = model_with_level(&rng, plain);
        fpl_model_free(plain);
        if (m == NULL) continue;
        fpl_model *changed = varied(m, drawn, draw_settings(&rng, m, drawn, before));
        const fpl_model *const models[] = {m, changed};
        fpl_comparison *c = NULL;
        fpl_roadmap *maps[2] = {NULL, NULL};
        assert_int_equal(fpl_compare(m, changed, NULL, &one, &c, NULL), FPL_OK);
        for (int side = 0; side < 2; side++)
            assert_int_equal(
                fpl_roadmap_compute(models[side], NULL, &one, &maps[side], NULL), FPL_OK);
        size_t at = 0;
        for (size_t r = 0; r < fpl_roadmap_n_rows(maps[0]); r++) {
            const fpl_row *a = fpl_roadmap_row(maps[0], r),
                          *b = fpl_roadmap_row(maps[1], r);
            const int differs = (a->default_levels != b->default_levels ? FPL_ROW_DEFAULT
                                                                        : 0) |
                                (a->possible != b->possible ? FPL_ROW_POSSIBLE : 0) |
                                (a->necessary != b->necessary ? FPL_ROW_NECESSARY : 0);
            if (differs == 0) continue;
            const fpl_row_shift *shift = fpl_comparison_row(c, at++);
            assert_int_equal(shift->row[FPL_OLD], r);
            assert_int_equal(shift->differs, differs);
            check_witnesses(models, maps[0], shift);
            check_parting(shift);
        }
        assert_int_equal(at, fpl_comparison_n_rows(c));
        n_rows += at;
        for (int side = 0; side < 2; side++) fpl_roadmap_free(maps[side]);
        fpl_comparison_free(c);
        fpl_model_free(changed);
        fpl_model_free(m);
    }
    assert_true(n_rows > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_listed_and_its_undoing_leaves_nothing),
        cmocka_unit_test(gained_and_lost_agree_with_brute_force),
        cmocka_unit_test(a_descriptor_less_is_seen_through),
        cmocka_unit_test(renaming_and_reordering_change_no_answer),
        cmocka_unit_test(rows_agree_with_their_roadmaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
