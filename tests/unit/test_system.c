/* The worked examples of method.md, M8, and what stops or is refused. */
#include "support/check.h"

#include <fahrplan/io.h>
#include <fahrplan/system.h>

enum { CONF, REG, LEVEL };

/* Example B of method.md. */
static fpl_model *example_b(void)
{
    static const char text[] =
        "fahrplan: 1\n"
        "title: Example B\n"
        "descriptors:\n"
        "  - {id: CONF, ordered: yes, variants: [{id: easing}, {id: entrenched}, {id: "
        "acute}]}\n"
        "  - {id: REG, ordered: yes, variants: [{id: strict}, {id: open}]}\n"
        "  - {id: LEVEL, ordered: yes, variants: [{id: L1}, {id: L2}]}\n"
        "impacts:\n"
        "  - {from: CONF, to: LEVEL, scores: {easing: [2, -2], acute: [-2, 2]}}\n"
        "  - {from: CONF, to: REG, scores: {acute: [-1, 1]}}\n"
        "  - {from: REG, to: LEVEL, scores: {strict: [1, -1], open: [-1, 1]}}\n"
        "  - {from: LEVEL, to: REG, scores: {L1: [1, -1], L2: [-2, 2]}}\n"
        "  - {from: LEVEL, to: CONF, scores: {L1: [1, 0, -1], L2: [-1, 0, 1]}}\n"
        "loops:\n"
        "  - {id: r, name: Back and forth, sign: plus, cycle: [LEVEL, REG]}\n"
        "  - {id: w, name: The wrong way, cycle: [LEVEL, CONF, REG]}\n"
        "  - {id: x, name: Not there, cycle: [REG, CONF]}\n";
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, sizeof text - 1, "B", &options, &model, &error) != FPL_OK)
        fail_msg("%d: %s", error.mark.line, error.message);
    return model;
}

static fpl_system *system_of(const fpl_model *model, const fpl_system_options *options)
{
    fpl_system *system = NULL;
    assert_int_equal(fpl_system_compute(model, options, NULL, &system, NULL), FPL_OK);
    return system;
}

static void sums_and_grid(void **state)
{
    (void)state;
    static const int64_t active[] = {10, 4, 10}, passive[] = {4, 8, 12};
    static const fpl_grid_class places[] = {FPL_GRID_ACTIVE, FPL_GRID_BUFFERING,
                                            FPL_GRID_CRITICAL};
    fpl_model *model = example_b();
    fpl_system *system = system_of(model, NULL);
    for (int d = 0; d < 3; d++) {
        const fpl_standing *standing = fpl_system_standing(system, d);
        assert_int_equal(standing->active, active[d]);
        assert_int_equal(standing->passive, passive[d]);
        assert_int_equal(standing->place, places[d]); /* REG: 8 is the mean, not high */
        assert_int_equal(standing->component, 0);
        assert_true(standing->sends && standing->receives);
    }
    assert_int_equal(fpl_system_total(system), 24);
    assert_int_equal(fpl_system_n_influences(system), 5);
    assert_int_equal(fpl_system_n_components(system), 1);
    assert_int_equal(fpl_system_n_dominated(system), 0);
    assert_int_equal(fpl_system_lift(system, CONF, LEVEL), 8);
    assert_int_equal(fpl_system_lift(system, LEVEL, REG), 6);
    assert_int_equal(fpl_system_strength(system, LEVEL, CONF), 4);
    assert_false(fpl_system_acts(system, REG, CONF));
    fpl_system_free(system);
    fpl_model_free(model);
}

static void over_two_steps_conf_sends_most(void **state)
{
    (void)state;
    fpl_model *model = example_b();
    const fpl_system_options options = {.max_power = 2};
    fpl_system *system = system_of(model, &options);
    assert_int_equal(fpl_system_n_powers(system), 2);
    const fpl_power *direct = fpl_system_power(system, 0);
    const fpl_power *second = fpl_system_power(system, 1);
    static const int due[4][3] = {{1, 3, 1}, {3, 2, 1}, {1, 3, 2}, {3, 1, 2}};
    for (int d = 0; d < 3; d++) {
        assert_int_equal(direct->active_ranks[d], due[0][d]);
        assert_int_equal(direct->passive_ranks[d], due[1][d]);
        assert_int_equal(second->active_ranks[d], due[2][d]);
        assert_int_equal(second->passive_ranks[d], due[3][d]);
    }
    assert_true(second->exact);
    assert_true(second->active_shares[LEVEL] == 64 / 88.0);
    assert_false(fpl_system_ranking_stays(system));
    fpl_system_free(system);
    fpl_model_free(model);
}

static void expect_chain(const fpl_chain *chain, int n, const int *descriptors,
                         int64_t lift, int64_t strength)
{
    assert_int_equal(chain->n, n);
    for (int k = 0; k < n; k++) assert_int_equal(chain->descriptors[k], descriptors[k]);
    assert_int_equal(chain->sign, 1);
    assert_int_equal(chain->lift, lift);
    assert_int_equal(chain->strength, strength);
}

static void loops(void **state)
{
    (void)state;
    fpl_model *model = example_b();
    fpl_system *system = system_of(model, NULL);
    assert_int_equal(fpl_system_n_loops(system), 3);
    expect_chain(fpl_system_loop(system, 0), 2, (int[]){CONF, LEVEL}, 4, 4);
    expect_chain(fpl_system_loop(system, 1), 2, (int[]){REG, LEVEL}, 4, 4);
    expect_chain(fpl_system_loop(system, 2), 3, (int[]){CONF, REG, LEVEL}, 2, 2);
    assert_int_equal(fpl_system_n_named_loops(system), 3);
    const fpl_named_loop *named = fpl_system_named_loop(system, 0);
    assert_int_equal(named->broken_from, -1);
    assert_int_equal(named->sign, 1);
    assert_int_equal(named->lift, 4);
    named = fpl_system_named_loop(system, 1); /* LEVEL -> CONF -> REG -> LEVEL */
    assert_int_equal(named->broken_from, -1);
    assert_int_equal(named->lift, 2);
    named = fpl_system_named_loop(system, 2);
    assert_int_equal(named->broken_from, REG);
    assert_int_equal(named->broken_to, CONF);
    assert_int_equal(named->sign, 0);
    fpl_system_free(system);
    fpl_model_free(model);
}

static void paths(void **state)
{
    (void)state;
    fpl_model *model = example_b();
    fpl_paths *found = NULL;
    assert_int_equal(fpl_paths_find(model, CONF, LEVEL, 0, NULL, &found, NULL), FPL_OK);
    assert_int_equal(fpl_paths_n(found), 2);
    expect_chain(fpl_paths_get(found, 0), 2, (int[]){CONF, LEVEL}, 8, 8);
    expect_chain(fpl_paths_get(found, 1), 3, (int[]){CONF, REG, LEVEL}, 2, 2);
    assert_int_equal(fpl_paths_shortest(found), 1);
    fpl_paths_free(found);
    assert_int_equal(fpl_paths_find(model, REG, CONF, 1, NULL, &found, NULL), FPL_OK);
    assert_int_equal(fpl_paths_n(found), 0);
    assert_int_equal(fpl_paths_shortest(found), 2);
    fpl_paths_free(found);
    fpl_model_free(model);
}

static void what_is_refused(void **state)
{
    (void)state;
    fpl_model *model = example_b();
    fpl_system *system = NULL;
    fpl_paths *found = NULL;
    fpl_error error = {0};
    const fpl_system_options options[] = {
        {.max_power = -1}, {.max_power = 101}, {.loop_length = 1}, {.loop_length = -2}};
    for (int i = 0; i < 4; i++)
        assert_int_equal(fpl_system_compute(model, &options[i], NULL, &system, &error),
                         FPL_E_ARGUMENT);
    static const int ends[][3] = {{-1, 0, 0}, {0, 3, 0}, {1, 1, 0}, {0, 1, -1}};
    for (int i = 0; i < 4; i++)
        assert_int_equal(fpl_paths_find(model, ends[i][0], ends[i][1], ends[i][2], NULL,
                                        &found, &error),
                         FPL_E_ARGUMENT);
    assert_null(system);
    assert_null(found);
    fpl_model_free(model);
}

/* 20 descriptors that all act on each other: 190 + 2280 + 29070 loops of 2, 3 and 4, n!/(n-l)!/l each,
 * and 372 096 of 5. */
static void too_many_loops_are_shortened(void **state)
{
    (void)state;
    enum { N = 20 };
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < N; d++) {
        const char id[] = {(char)('A' + d), '\0'};
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            if (i != j) fpl_builder_score(b, i, 0, j, 0, (fpl_decimal){1, 0}, NULL);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_system *system = system_of(model, NULL);
    assert_int_equal(fpl_system_loop_length(system), 4);
    assert_int_equal(fpl_system_n_loops(system), 190 + 2280 + 29070);
    assert_true(fpl_system_loops_shortened(system));
    assert_int_equal(fpl_system_stop(system), FPL_COMPLETE);
    for (size_t l = 0; l < fpl_system_n_loops(system); l++)
        assert_in_range(fpl_system_loop(system, l)->n, 2, 4);
    fpl_system_free(system);
    fpl_model_free(model);
    fpl_builder_free(b);
}

static void a_cancelled_search_keeps_the_sums(void **state)
{
    (void)state;
    fpl_model *model = example_b();
    const int cancel = 1;
    const fpl_limits limits = {.cancel = &cancel};
    fpl_system *system = NULL;
    fpl_paths *found = NULL;
    assert_int_equal(fpl_system_compute(model, NULL, &limits, &system, NULL), FPL_OK);
    assert_int_equal(fpl_system_stop(system), FPL_STOPPED_CANCELLED);
    assert_int_equal(fpl_system_n_loops(system), 0);
    assert_int_equal(fpl_system_total(system), 24);
    assert_int_equal(fpl_paths_find(model, 0, 2, 0, &limits, &found, NULL), FPL_OK);
    assert_int_equal(fpl_paths_stop(found), FPL_STOPPED_CANCELLED);
    fpl_paths_free(found);
    fpl_system_free(system);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_grid),
        cmocka_unit_test(over_two_steps_conf_sends_most),
        cmocka_unit_test(loops),
        cmocka_unit_test(paths),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(too_many_loops_are_shortened),
        cmocka_unit_test(a_cancelled_search_keeps_the_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
