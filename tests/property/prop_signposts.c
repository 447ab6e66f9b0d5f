/* Resolving sets, information and diagnosticity against their definitions. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"
#include "support/roadmaps.h"

#include <fahrplan/signposts.h>

#include <math.h>

enum { DRIVERS = 4, ROWS = 40 };

static bool row_counts(const fpl_answers *answers, size_t row)
{
    const fpl_answer *a = fpl_answers_get(answers, fpl_answers_of_row(answers, row));
    return !a->implausible && !a->unknown;
}

/* Rows with different answers always differ on the set. */
static bool tells_apart(const fpl_answers *answers, const fpl_roadmap *roadmap,
                        unsigned set)
{
    for (size_t x = 0; x < roadmap->n_rows; x++)
        for (size_t y = 0; y < x; y++) {
            bool differ = false;
            if (!row_counts(answers, x) || !row_counts(answers, y) ||
                fpl_answers_of_row(answers, x) == fpl_answers_of_row(answers, y))
                continue;
            for (int i = 0; i < roadmap->n_drivers; i++)
                differ = differ || ((set >> i & 1) && roadmap->rows[x].drivers[i] !=
                                                          roadmap->rows[y].drivers[i]);
            if (!differ) return false;
        }
    return true;
}

static void check_sets(const fpl_answers *answers, const fpl_roadmap *roadmap,
                       const fpl_watch_list *list)
{
    int n_minimal = 0;
    unsigned in_all = ~0u, in_some = 0;
    for (unsigned set = 0; set < 1u << roadmap->n_drivers; set++) {
        bool minimal = tells_apart(answers, roadmap, set);
        for (int i = 0; i < roadmap->n_drivers && minimal; i++)
            minimal = !(set >> i & 1) || !tells_apart(answers, roadmap, set & ~(1u << i));
        if (!minimal) continue;
        n_minimal++;
        in_all &= set;
        in_some |= set;
        bool found = false;
        for (int s = 0; s < fpl_watch_list_n_sets(list); s++) {
            unsigned own = 0;
            for (int i = 0; i < roadmap->n_drivers; i++)
                own |= (unsigned)fpl_watch_list_set(list, s)[i] << i;
            found = found || own == set;
        }
        assert_true(found);
    }
    assert_int_equal(fpl_watch_list_n_sets(list), n_minimal);
    for (int i = 0; i < fpl_watch_list_n(list); i++) {
        const fpl_watch_item *item = fpl_watch_list_get(list, i);
        assert_int_equal(item->is_in_all, in_all >> item->driver & 1);
        assert_int_equal(item->is_in_some, in_some >> item->driver & 1);
    }
}

/* H(answer | the drivers of the set), bits. */
static double open_question(const fpl_answers *answers, const fpl_roadmap *roadmap,
                            unsigned set)
{
    double bits = 0, n = 0;
    for (size_t x = 0; x < roadmap->n_rows; x++) {
        double alike = 0, same = 0;
        if (!row_counts(answers, x)) continue;
        n++;
        for (size_t y = 0; y < roadmap->n_rows; y++) {
            bool agree = row_counts(answers, y);
            for (int i = 0; i < roadmap->n_drivers; i++)
                agree = agree && (!(set >> i & 1) || roadmap->rows[x].drivers[i] ==
                                                         roadmap->rows[y].drivers[i]);
            alike += agree;
            same += agree &&
                    fpl_answers_of_row(answers, x) == fpl_answers_of_row(answers, y);
        }
        bits -= log2(same / alike);
    }
    return n > 0 ? bits / n : 0;
}

static void check_list(const fpl_answers *answers, const fpl_roadmap *roadmap,
                       const fpl_watch_list *list)
{
    unsigned before = 0;
    const double all = open_question(answers, roadmap, 0);
    assert_true(fabs(fpl_watch_list_entropy(list) - all) < 1e-9);
    for (int i = 0; i < fpl_watch_list_n(list); i++) {
        const fpl_watch_item *item = fpl_watch_list_get(list, i);
        const double left = open_question(answers, roadmap, before);
        const double then = left -
                            open_question(answers, roadmap, before | 1u << item->driver);
        assert_true(fabs(item->then - then) < 1e-9);
        assert_true(fabs(item->alone - (all - open_question(answers, roadmap,
                                                            1u << item->driver))) < 1e-9);
        for (int k = i + 1; k < fpl_watch_list_n(list); k++) {
            const int other = fpl_watch_list_get(list, k)->driver;
            assert_true(left - open_question(answers, roadmap, before | 1u << other) <
                        then + 1e-9);
        }
        before |= 1u << item->driver;
    }
}

static void watch_lists_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "watch");
        drawn_roadmap d = roadmap_draw(&rng, 1 + seed % DRIVERS, 1, 3, ROWS);
        const fpl_answer_options options = {.by = (fpl_answer_by)(seed % 3),
                                            .use_max_tension = seed % 2 == 0,
                                            .max_tension = 3};
        fpl_answers *answers = NULL;
        fpl_watch_list *list = NULL;
        if (seed % 2 == 0) /* more gaps, so that several minimal sets arise */
            for (size_t r = 0; r < d.roadmap->n_rows; r++)
                if (fpli_rng_below(&rng, 2) == 0) d.roadmap->rows[r].tension = 9;
        assert_int_equal(fpl_answers_find(d.roadmap, &options, &answers, NULL), FPL_OK);
        assert_int_equal(fpl_watch_list_make(answers, &list, NULL), FPL_OK);
        check_sets(answers, d.roadmap, list);
        check_list(answers, d.roadmap, list);
        fpl_watch_list_free(list);
        fpl_answers_free(answers);
        roadmap_release(&d);
    }
}

/* ---- reports -------------------------------------------------------------------------------- */

/* The same model with a signpost about one descriptor. */
static fpl_model *with_signpost(const fpl_model *model, int about,
                                const double *likelihood)
{
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    fpl_weight weights[64];
    const int k = fpl_model_n_variants(model, about);
    memset(weights, 0, sizeof weights);
    for (int v = 0; v < k; v++) {
        weights[v].variant.id = fpl_model_variant_id(model, about, v);
        weights[v].value = (fpl_real){likelihood[v], true};
    }
    const fpl_signpost s = {.id = "s",
                            .about = {.id = fpl_model_descriptor_id(model, about)},
                            .likelihood = {weights, k}};
    assert_int_equal(fpl_builder_copy(model, &b, NULL), FPL_OK);
    assert_int_equal(fpl_builder_add(b, FPL_RECORD_SIGNPOST, &s, NULL), FPL_OK);
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

static void check_report(const fpl_diagnosis *d, double goal, double p[2][2],
                         double threshold)
{
    double bits = 0;
    for (int r = 0; r < 2; r++)
        for (int g = 0; g < 2; g++) {
            if (p[r][g] < 1e-14) p[r][g] = 0;
            const double of_report = p[r][0] + p[r][1], of_goal = g ? goal : 1 - goal;
            if (p[r][g] > 1e-15) bits += p[r][g] * log2(p[r][g] / of_report / of_goal);
        }
    assert_true(fabs(d->information - bits) < 1e-9);
    assert_true(fabs(d->report - p[1][0] - p[1][1]) < 1e-9);
    if (d->report > 1e-9) {
        const double after = p[1][1] / (p[1][0] + p[1][1]);
        assert_true(fabs(d->goal_if_yes - after) < 1e-9);
        if (fabs(after - threshold) > 1e-6)
            assert_int_equal(d->triggers_if_yes,
                             (goal < threshold) != (after < threshold));
    }
    if (goal > 0 && goal < 1) {
        const double yes = p[1][1] / goal / (p[1][0] / (1 - goal));
        const double no = p[0][1] / goal / (p[0][0] / (1 - goal));
        double most = 1;
        if (isfinite(yes) && yes > 0) most = fmax(fmax(yes, 1 / yes), most);
        if (isfinite(no) && no > 0) most = fmax(fmax(no, 1 / no), most);
        if (isfinite(d->ratio)) assert_true(fabs(d->ratio - most) < 1e-6 * most);
    }
}

static void reports_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        char text[512];
        fpli_rng_start(&rng, (uint64_t)seed, "reports");
        fpl_model *plain = random_model(&rng, 100);
        const int about = (int)fpli_rng_below(&rng,
                                              (uint64_t)fpl_model_n_descriptors(plain));
        double likelihood[64];
        for (int v = 0; v < 64; v++)
            likelihood[v] = (double)fpli_rng_below(&rng, 11) / 10;
        fpl_model *m = with_signpost(plain, about, likelihood);
        fpl_formula *goal = NULL;
        fpl_scenarios *set = NULL;
        fpl_diagnoses *all = NULL;
        const fpl_query near = {.max_inconsistency = 4};
        random_formula(&rng, m, text, sizeof text);
        assert_int_equal(fpl_formula_parse(m, text, &goal, NULL), FPL_OK);
        assert_int_equal(fpl_scenarios_collect(m, &near, NULL, &set, NULL), FPL_OK);
        const size_t n = fpl_scenarios_n(set);
        const fpl_status status = fpl_signposts_diagnose(m, set, goal, 0.4, &all, NULL);
        assert_int_equal(status, n == 0 ? FPL_E_ARGUMENT : FPL_OK);
        double p[2][2] = {{0}};
        for (size_t s = 0; s < n; s++) {
            const uint16_t *z = fpl_scenarios_get(set, s);
            const int g = fpl_formula_holds(goal, z);
            p[1][g] += likelihood[z[about]] / (double)n;
            p[0][g] += (1 - likelihood[z[about]]) / (double)n;
        }
        if (n > 0) {
            assert_true(fabs(fpl_diagnoses_goal(all) - p[0][1] - p[1][1]) < 1e-9);
            assert_int_equal(fpl_diagnoses_get(all, 0)->signpost, 0);
            check_report(fpl_diagnoses_get(all, 0), p[0][1] + p[1][1], p, 0.4);
        }
        fpl_diagnoses_free(all);
        fpl_scenarios_free(set);
        fpl_formula_free(goal);
        fpl_model_free(m);
        fpl_model_free(plain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(watch_lists_agree),
        cmocka_unit_test(reports_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
