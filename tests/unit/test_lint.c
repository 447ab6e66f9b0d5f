/* Findings: each kind on a model that has just that to remark. */
#include "support/check.h"

#include <fahrplan/lint.h>

typedef void (*alteration)(fpl_builder *b);

/* X (a b) and Y (p q) act on each other with zero sums and reasons: nothing to remark but that the
 * diagonal is empty. */
static fpl_builder *flawless(void)
{
    fpl_builder *b = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    fpl_phrase why[] = {{"en", "because"}};
    fpl_variant xs[] = {{.id = "a"}, {.id = "b"}}, ys[] = {{.id = "p"}, {.id = "q"}};
    const fpl_descriptor x = {.id = "X", .variants = {xs, 2}},
                         y = {.id = "Y", .variants = {ys, 2}};
    fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &x, NULL);
    fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &y, NULL);
    fpl_decimal up[] = {{2, 0}, {-2, 0}}, down[] = {{-2, 0}, {2, 0}};
    const char *const ids[2][2] = {{"a", "b"}, {"p", "q"}}, *const names[] = {"X", "Y"};
    for (int i = 0; i < 2; i++) {
        fpl_scores rows[] = {{.variant = {.id = ids[i][0]}, .values = {up, 2}},
                             {.variant = {.id = ids[i][1]}, .values = {down, 2}}};
        fpl_reason reasons[] = {{.variant = {.id = ids[i][0]}, .why = {why, 1}},
                                {.variant = {.id = ids[i][1]}, .why = {why, 1}}};
        const fpl_impact impact = {.from = {.id = names[i]},
                                   .to = {.id = names[1 - i]},
                                   .scores = {rows, 2},
                                   .because = {reasons, 2}};
        fpl_builder_add(b, FPL_RECORD_IMPACT, &impact, NULL);
    }
    return b;
}

static void expect(alteration change, fpl_finding_kind kind, int n)
{
    fpl_builder *b = flawless();
    fpl_model *model = NULL;
    fpl_findings *findings = NULL;
    fpl_error error = {0};
    int found = 0;
    if (change != NULL) change(b);
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    assert_int_equal(fpl_model_lint(model, &findings, NULL), FPL_OK);
    for (size_t i = 0; i < fpl_findings_n(findings); i++)
        found += kind == FPL_FINDING_END || fpl_findings_get(findings, i)->kind == kind;
    assert_int_equal(found, n);
    fpl_findings_free(findings);
    fpl_model_free(model);
    fpl_builder_free(b);
}

static void lopsided(fpl_builder *b)
{
    fpl_builder_score(b, 0, 0, 1, 0, (fpl_decimal){3, 0}, NULL);
}

static void beyond_scale(fpl_builder *b)
{
    fpl_builder_score(b, 0, 0, 1, 0, (fpl_decimal){4, 0}, NULL);
    fpl_builder_score(b, 0, 0, 1, 1, (fpl_decimal){-4, 0}, NULL);
}

static void newcomer(fpl_builder *b) /* Z: nobody judges it */
{
    fpl_builder_descriptor(b, "Z", NULL);
    fpl_builder_variant(b, 2, "r", NULL);
    fpl_builder_variant(b, 2, "s", NULL);
}

static void one_row_only(fpl_builder *b)
{
    newcomer(b);
    fpl_builder_score(b, 2, 0, 0, 0, (fpl_decimal){1, 0}, NULL);
    fpl_builder_score(b, 2, 0, 0, 1, (fpl_decimal){-1, 0}, NULL);
}

static void
hopeless_variant(fpl_builder *b) /* Y's third variant is always worse than p */
{
    fpl_builder_variant(b, 1, "hopeless", NULL);
    for (int a = 0; a < 2; a++)
        for (int v = 0; v < 3; v++)
            fpl_builder_score(b, 0, a, 1, v, (fpl_decimal){v == 2 ? -2 : 1, 0}, NULL);
    for (int v = 0; v < 2; v++)
        fpl_builder_score(b, 1, 2, 0, v, (fpl_decimal){0, 0}, NULL);
}

static void hedges(fpl_builder *b)
{
    fpl_phrase maybe[] = {{"en", "maybe"}}, surely[] = {{"en", "surely"}};
    const fpl_hedge hedge = {
        .words = {maybe, 1}, .low = {0.2, true}, .high = {0.6, true}};
    const fpl_prediction prediction = {.id = "p1", .hedge = {surely, 1}};
    fpl_builder_add(b, FPL_RECORD_HEDGE, &hedge, NULL);
    fpl_builder_add(b, FPL_RECORD_PREDICTION, &prediction, NULL);
}

static void tense_start(fpl_builder *b)
{
    fpl_setting start[] = {{.descriptor = {.id = "X"}, .variant = {.id = "a"}},
                           {.descriptor = {.id = "Y"}, .variant = {.id = "q"}}};
    const fpl_content header = {.date = "2024-05-01", .roadmap = {.start = {start, 2}}};
    const fpl_observation early = {.id = "o1", .date = "2024-04-30"};
    fpl_builder_set_header(b, &header, NULL);
    fpl_builder_add(b, FPL_RECORD_OBSERVATION, &early, NULL);
}

static void nothing_to_remark(void **state)
{
    (void)state;
    expect(NULL, FPL_FINDING_END, 0);
}

static void each_kind_is_found(void **state)
{
    (void)state;
    expect(lopsided, FPL_FINDING_NOT_STANDARDISED, 1);
    expect(beyond_scale, FPL_FINDING_OUTSIDE_SCALE, 2);
    expect(newcomer, FPL_FINDING_SECTION_MISSING, 4);
    expect(newcomer, FPL_FINDING_RECEIVES_NOTHING, 1);
    expect(newcomer, FPL_FINDING_SENDS_NOTHING, 1);
    expect(one_row_only, FPL_FINDING_ROW_MISSING, 1);
    expect(one_row_only, FPL_FINDING_NO_REASON, 1);
    expect(hopeless_variant, FPL_FINDING_DOMINATED, 1);
    expect(hedges, FPL_FINDING_HEDGE_UNUSED, 1);
    expect(hedges, FPL_FINDING_HEDGE_UNKNOWN, 1);
    expect(tense_start, FPL_FINDING_START_TENSION, 1);
    expect(tense_start, FPL_FINDING_OBSERVED_BEFORE, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_to_remark),
                                       cmocka_unit_test(each_kind_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
