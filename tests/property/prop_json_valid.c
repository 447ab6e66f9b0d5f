/* Whatever the model, every result is JSON that jansson reads, text within its width, and CSV whose
 * rows have as many fields as its head. */
#include "support/check.h"

#include "output/width.h"
#include "support/random.h"

#include <fahrplan/results.h>

#include <jansson.h>

static void check_json(const fpl_document *document)
{
    char *text = NULL;
    const fpl_output_options options = {.output = FPL_OUTPUT_JSON};
    assert_int_equal(fpl_document_write(document, &options, &text, NULL, NULL), FPL_OK);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        printf("%d: %s\n%s\n", error.line, error.text, text);
        fail();
    }
    assert_non_null(json_string_value(json_object_get(root, "format")));
    assert_int_equal(json_integer_value(json_object_get(root, "version")), 1);
    assert_true(json_is_object(json_object_get(root, "provenance")));
    assert_true(json_is_boolean(json_object_get(root, "complete")));
    json_decref(root);
    fpl_string_free(text);
}

static void check_text(const fpl_document *document, int width)
{
    char *text = NULL;
    const fpl_output_options options = {.width = width};
    assert_int_equal(fpl_document_write(document, &options, &text, NULL, NULL), FPL_OK);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (fpli_width(line) <= width) continue;
        printf("%d columns of %d: %s\n", fpli_width(line), width, line);
        fail();
    }
    fpl_string_free(text);
}

static int fields(const char *line)
{
    int n = 1;
    bool quoted = false;
    for (; *line != '\0' && (quoted || *line != '\r'); line++) {
        if (*line == '"') quoted = !quoted;
        if (*line == ',' && !quoted) n++;
    }
    return n;
}

static void check_csv(const fpl_document *document)
{
    char *text = NULL;
    const fpl_output_options options = {.output = FPL_OUTPUT_CSV};
    assert_int_equal(fpl_document_write(document, &options, &text, NULL, NULL), FPL_OK);
    int due = fields(text);
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        assert_int_equal(fields(line), due);
    fpl_string_free(text);
}

static void check_document(fpl_document *document)
{
    check_json(document);
    check_text(document, 80);
    check_text(document, 48);
    check_csv(document);
    fpl_document_free(document);
}

static void check_scenarios(const fpl_model *model, const fpl_query *query)
{
    fpl_scenarios *scenarios = NULL;
    fpl_document *document = NULL;
    const fpl_limits limits = {.cap = 40, .n_threads = 1};
    assert_int_equal(fpl_scenarios_collect(model, query, &limits, &scenarios, NULL),
                     FPL_OK);
    assert_int_equal(fpl_result_scenarios(model, query, scenarios, NULL, &document, NULL),
                     FPL_OK);
    check_document(document);
    const fpl_run run = {.scenarios = scenarios, .plausible = 3};
    assert_int_equal(fpl_result_run(model, &run, NULL, &document, NULL), FPL_OK);
    check_document(document);
    fpl_scenarios_free(scenarios);
}

static void check_explanation(const fpl_model *model)
{
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(model), sizeof *z);
    fpl_explanation *explanation = NULL;
    fpl_tension_distribution distribution = {0};
    fpl_document *document = NULL;
    const fpl_limits limits = {.n_threads = 1};
    assert_int_equal(fpl_explain_scenario(model, z, &explanation, NULL), FPL_OK);
    assert_int_equal(fpl_result_explanation(model, z, "the first", false, explanation,
                                            NULL, &document, NULL),
                     FPL_OK);
    check_document(document);
    fpl_explanation_free(explanation);
    assert_int_equal(
        fpl_tension_distribution_compute(model, &limits, &distribution, NULL), FPL_OK);
    assert_int_equal(
        fpl_result_rank(model, &distribution, z, "the first", NULL, &document, NULL),
        FPL_OK);
    check_document(document);
    fpl_tension_distribution_clear(&distribution);
    free(z);
}

static void check_findings(const fpl_model *model)
{
    fpl_findings *findings = NULL;
    fpl_document *document = NULL;
    assert_int_equal(fpl_model_lint(model, &findings, NULL), FPL_OK);
    assert_int_equal(fpl_result_findings(model, findings, NULL, &document, NULL), FPL_OK);
    check_document(document);
    fpl_findings_free(findings);
    assert_int_equal(fpl_result_model(model, NULL, &document, NULL), FPL_OK);
    check_document(document);
}

static void results_of_random_models_are_well_formed(void **state)
{
    (void)state;
    const fpl_query near = {.max_inconsistency = 2};
    for (int seed = 0; seed < test_scale(60); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "documents");
        fpl_model *model = random_model(&rng, 2000);
        check_scenarios(model, NULL);
        check_scenarios(model, &near);
        check_explanation(model);
        check_findings(model);
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_of_random_models_are_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
