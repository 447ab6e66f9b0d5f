/* Levers and tipping distances of the flagship, against its notes, whose answers were worked out by
 * another program; and an example worked by hand. */
#include "support/check.h"

#include <fahrplan/io.h>
#include <fahrplan/levers.h>
#include <fahrplan/tipping.h>

static int load(void **state)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_load(SOURCE_DIR
                       "/examples/russia-dprk-2024/russia-dprk-2024.fahrplan.yaml",
                       NULL, &model, &error) != FPL_OK) {
        printf("%s:%d: %s\n", error.file, error.mark.line, error.message);
        return 1;
    }
    *state = model;
    return 0;
}

static int unload(void **state)
{
    fpl_model_free(*state);
    return 0;
}

/* The row "112" of confrontation, region and borders; NULL: nothing held. */
static fpl_levers *necessary(const fpl_model *m, const char *row, const char *goal)
{
    static const char *const names[] = {"SEOUL", "SUM", "REG", "DPRK", "MTC", "LAB"};
    static const char *const drivers[] = {"CONF", "NEA", "BORD"};
    bool controllable[16] = {false};
    fpl_fixing held[3];
    fpl_formula *formula = NULL;
    fpl_levers *levers = NULL;
    for (int i = 0; i < 6; i++)
        controllable[fpl_model_find_descriptor(m, names[i])] = true;
    for (int i = 0; i < 3 && row != NULL; i++)
        held[i] = (fpl_fixing){(uint16_t)fpl_model_find_descriptor(m, drivers[i]),
                               (uint16_t)(row[i] - '0')};
    assert_int_equal(fpl_formula_parse(m, goal, &formula, NULL), FPL_OK);
    const fpl_lever_options options = {.goal = formula,
                                       .controllable = controllable,
                                       .row = held,
                                       .n_row = row == NULL ? 0 : 3};
    assert_int_equal(fpl_levers_compute(m, &options, NULL, &levers, NULL), FPL_OK);
    assert_int_equal(fpl_levers_stop(levers), FPL_COMPLETE);
    fpl_formula_free(formula);
    return levers;
}

static void words(const fpl_model *m, const fpl_lever *lever, char *text)
{
    text[0] = '\0';
    for (int i = 0; i < lever->n; i++)
        sprintf(text + strlen(text), "%s%s=%s", i > 0 ? " " : "",
                fpl_model_descriptor_id(m, lever->set[i].descriptor),
                fpl_model_variant_id(m, lever->set[i].descriptor, lever->set[i].variant));
}

/* due: the sets in the order of listing, NULL at the end. */
static void expect(const fpl_model *m, const char *row, const char *goal,
                   const char *const *due)
{
    fpl_levers *levers = necessary(m, row, goal);
    size_t n = 0;
    char text[256];
    while (due[n] != NULL) n++;
    for (size_t i = 0; i < fpl_levers_n(levers); i++) {
        words(m, fpl_levers_get(levers, i), text);
        if (i >= n || strcmp(text, due[i]) != 0)
            printf("%s, %s: %s\n", row == NULL ? "nothing held" : row, goal, text);
    }
    assert_int_equal(fpl_levers_n(levers), n);
    for (size_t i = 0; i < n; i++) {
        words(m, fpl_levers_get(levers, i), text);
        assert_string_equal(text, due[i]);
    }
    fpl_levers_free(levers);
}

#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NONE      ((const char *const[]){NULL})

static void the_table_of_the_notes(void **state)
{
    expect(*state, "212", "LEVEL=L4", SETS("REG=strict DPRK=commit"));
    expect(
        *state, "212", "LEVEL=L3",
        SETS("REG=open DPRK=hoard", "SEOUL=lethal REG=open", "REG=open DPRK=selective"));
    expect(*state, "212", "LEVEL<=L2", SETS("REG=covert DPRK=hoard"));
    expect(*state, "212", "LEVEL=L1", NONE);
    expect(*state, "110", "LEVEL=L4", NONE);
    expect(*state, "110", "LEVEL=L3", NONE);
    expect(*state, "110", "LEVEL<=L2",
           SETS("REG=permitted", "MTC=dual", "REG=strict", "REG=covert", "MTC=arms",
                "LAB=cover", "MTC=none LAB=none"));
    expect(*state, "110", "LEVEL=L1", SETS("REG=permitted", "REG=strict"));
    expect(*state, NULL, "LEVEL=L4", NONE);
    expect(*state, NULL, "LEVEL=L3", NONE);
    expect(*state, NULL, "LEVEL<=L2",
           SETS("REG=permitted DPRK=hoard", "REG=covert DPRK=hoard"));
    expect(*state, NULL, "LEVEL=L1", NONE);
}

/* Weighted distances of the notes (S1-S4, S9, S10: 1; S7, S8: 2; S5: 3; S6: 4): the third scenario in
 * listing order is S5, the sixth is S6. */
static void judgement_distances(void **state)
{
    static const int64_t due[] = {1, 1, 3, 1, 1, 4, 2, 2, 1, 1};
    fpl_scenarios *set = NULL;
    assert_int_equal(fpl_scenarios_collect(*state, NULL, NULL, &set, NULL), FPL_OK);
    assert_int_equal(fpl_scenarios_n(set), 10);
    for (size_t i = 0; i < 10; i++) {
        fpl_judgement_tippings *t = NULL;
        assert_int_equal(
            fpl_judgement_tipping_find(*state, fpl_scenarios_get(set, i), &t, NULL),
            FPL_OK);
        assert_false(fpl_judgement_tippings_mends(t));
        assert_true(fpl_judgement_tippings_cost(t) == due[i]);
        fpl_judgement_tippings_free(t);
    }
    fpl_scenarios_free(set);
}

/* The default is level 1 in spring 2024; two of the three drivers must become one step worse to make it 2. */
static void drivers_of_the_default(void **state)
{
    fpl_roadmap *roadmap = NULL;
    fpl_driver_tipping t = {0};
    uint16_t z[16];
    fpl_model_start(*state, z);
    assert_int_equal(fpl_roadmap_compute(*state, NULL, NULL, &roadmap, NULL), FPL_OK);
    assert_int_equal(fpl_driver_tipping_find(*state, roadmap, z, -1, &t, NULL), FPL_OK);
    assert_int_equal(t.from, 12);
    assert_int_equal(t.distance, 2);
    assert_int_equal(t.n_rows, 3);
    assert_int_equal(t.rows[0], 16); /* crisis and strained borders */
    assert_int_equal(t.rows[1], 22); /* acute and strained borders */
    assert_int_equal(t.rows[2], 24); /* acute and crisis */
    fpl_driver_tipping_clear(&t);
    assert_int_equal(fpl_driver_tipping_find(*state, roadmap, z, 2, &t, NULL), FPL_OK);
    assert_int_equal(t.distance, 0); /* level 3 is possible already */
    fpl_driver_tipping_clear(&t);
    fpl_roadmap_free(roadmap);
}

/* method.md, M7.4: example A, z = A2 B1. B1 leads B2 by 1, the government is tied. */
static void example_a(void **state)
{
    static const int a_to_b[3][3] = {{-2, 1, 1}, {2, 1, -3}, {0, 0, 0}};
    static const int b_to_a[3][3] = {{0, 0, 0}, {0, 0, 0}, {3, -1, -2}};
    const uint16_t z[] = {1, 0};
    fpl_builder *b = NULL;
    fpl_model *m = NULL;
    fpl_judgement_tippings *t = NULL;
    (void)state;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    fpl_variant vs[] = {{.id = "first"}, {.id = "second"}, {.id = "third"}};
    for (int d = 0; d < 2; d++) {
        const fpl_descriptor descriptor = {.id = d == 0 ? "A" : "B", .variants = {vs, 3}};
        assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &descriptor, NULL),
                         FPL_OK);
    }
    for (int from = 0; from < 3; from++)
        for (int to = 0; to < 3; to++) {
            fpl_builder_score(b, 0, from, 1, to, (fpl_decimal){a_to_b[from][to], 0},
                              NULL);
            fpl_builder_score(b, 1, from, 0, to, (fpl_decimal){b_to_a[from][to], 0},
                              NULL);
        }
    assert_int_equal(fpl_builder_build(b, &m, NULL), FPL_OK);
    assert_int_equal(fpl_judgement_tipping_find(m, z, &t, NULL), FPL_OK);
    assert_int_equal(fpl_judgement_tippings_n(t), 2);
    const fpl_judgement_tipping *first = fpl_judgement_tippings_get(t, 0);
    assert_int_equal(first->descriptor, 0);
    assert_true(first->cost == 1);
    assert_int_equal(first->n_cells, 1);
    assert_int_equal(first->cells[0].from, 1);
    assert_int_equal(first->cells[0].variant, 0);
    assert_int_equal(first->cells[0].before, 0);
    assert_int_equal(first->cells[0].after, 1);
    assert_true(fpl_judgement_tippings_get(t, 1)->cost == 2);
    fpl_judgement_tippings_free(t);
    fpl_model_free(m);
    fpl_builder_free(b);
}

/* T = a lags b by 6. Y gives b two points at 1, X gives a six at 2, all else costs 4: cheapest is to
 * take both from Y and four from X, 2 + 8, where neither a cell of a nor the lag is used up. */
static void mended_where_a_rival_is_spent(void **state)
{
    static const char text[] =
        "fahrplan: 1\n"
        "title: Mending\n"
        "descriptors:\n"
        "  - {id: T, variants: [{id: a}, {id: b}]}\n"
        "  - {id: X, variants: [{id: x}]}\n"
        "  - {id: Y, variants: [{id: y}]}\n"
        "  - {id: Z, variants: [{id: z}]}\n"
        "  - {id: W, variants: [{id: w}]}\n"
        "impacts:\n"
        "  - {from: X, to: T, scores: {x: [-3, -3]}, because: {x: {grade: implied}}}\n"
        "  - {from: Y, to: T, scores: {y: [3, -1]}, because: {y: {grade: analyst}}}\n"
        "  - {from: Z, to: T, scores: {z: [-3, 3]}, because: {z: {grade: stated}}}\n"
        "  - {from: W, to: T, scores: {w: [-1, 3]}, because: {w: {grade: stated}}}\n";
    const uint16_t z[5] = {0};
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    fpl_model *m = NULL;
    fpl_judgement_tippings *t = NULL;
    fpl_error error = {0};
    (void)state;
    if (fpl_model_read(text, sizeof text - 1, "T", &options, &m, &error) != FPL_OK)
        fail_msg("%d: %s", error.mark.line, error.message);
    assert_int_equal(fpl_judgement_tipping_find(m, z, &t, NULL), FPL_OK);
    assert_true(fpl_judgement_tippings_mends(t));
    assert_true(fpl_judgement_tippings_cost(t) == 10);
    const fpl_judgement_tipping *item = fpl_judgement_tippings_get(t, 0);
    assert_int_equal(item->n_cells, 2);
    assert_int_equal(item->cells[0].after, 1);  /* X on a, from -3 */
    assert_int_equal(item->cells[1].after, -3); /* Y on b, from -1 */
    fpl_judgement_tippings_free(t);
    fpl_model_free(m);
}

static void bad_questions(void **state)
{
    fpl_formula *goal = NULL;
    fpl_levers *levers = NULL;
    const int64_t costs[16] = {-1};
    const bool none[16] = {false};
    assert_int_equal(fpl_formula_parse(*state, "LEVEL=L1", &goal, NULL), FPL_OK);
    const fpl_lever_options bad[] = {
        {.goal = NULL},
        {.goal = goal, .max_size = FPL_LEVER_MOST + 1},
        {.goal = goal, .release = true},
        {.goal = goal, .costs = costs},
        {.goal = goal, .controllable = none},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fpl_error error = {0};
        assert_int_equal(fpl_levers_compute(*state, &bad[i], NULL, &levers, &error),
                         FPL_E_ARGUMENT);
        assert_true(error.message[0] != '\0');
    }
    assert_null(levers);
    fpl_formula_free(goal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(judgement_distances, load, unload),
        cmocka_unit_test_setup_teardown(drivers_of_the_default, load, unload),
        cmocka_unit_test_setup_teardown(bad_questions, load, unload),
        cmocka_unit_test(example_a),
        cmocka_unit_test(mended_where_a_rival_is_spent),
        cmocka_unit_test_setup_teardown(the_table_of_the_notes, load, unload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
