/* Scenarios and their number. */
#include "output/parts.h"

#include <fahrplan/results.h>

/* "near" queries show by how much each scenario misses. */
static bool is_tolerant(const fpl_query *query)
{
    return query != NULL && (query->use_total || query->max_inconsistency > 0);
}

/* The number of what was asked for: "2 consistent scenarios", "2 scenarios up to inconsistency 2". */
static const char *number_of(const fpli_maker *maker, const fpl_query *query,
                             const char *number)
{
    fpl_document *document = maker->document;
    const fpl_output_options *words = maker->words;
    const int denominator = fpl_model_denominator(maker->model);
    if (query != NULL && query->use_total)
        return fpli_textf(
            document,
            fpli_tr_counted(words, number, N_("%s scenario up to total tension %s"),
                            N_("%s scenarios up to total tension %s")),
            number, fpli_points(document, words, query->max_total, denominator, false));
    if (query != NULL && query->max_inconsistency > 0)
        return fpli_textf(
            document,
            fpli_tr_counted(words, number, N_("%s scenario up to inconsistency %s"),
                            N_("%s scenarios up to inconsistency %s")),
            number,
            fpli_points(document, words, query->max_inconsistency, denominator, false));
    const char *format = query != NULL && query->strict
                             ? fpli_tr_counted(words, number,
                                               N_("%s strictly consistent scenario"),
                                               N_("%s strictly consistent scenarios"))
                             : fpli_tr_counted(words, number,
                                               N_("%s consistent scenario"),
                                               N_("%s consistent scenarios"));
    return fpli_textf(document, format, number);
}

static void say_reading(const fpli_maker *maker, fpl_section *section,
                        const fpl_query *query)
{
    if (query == NULL || query->n_fixed == 0) return;
    const char *fixed = "";
    for (int i = 0; i < query->n_fixed; i++) {
        int d = query->fixed[i].descriptor;
        fixed = fpli_textf(maker->document, "%s%s%s=%s", fixed, i > 0 ? ", " : "",
                           fpli_descriptor_id(maker, d),
                           fpli_variant_id(maker, d, query->fixed[i].variant));
    }
    const char *format = query->reading == FPL_DO
                             ? N_("Held from outside and not tested (do): %s.")
                             : N_("Fixed and tested like all others (see): %s.");
    fpli_sayf(section, fpli_tr(maker->words, format), fixed);
}

/* How the query reads, for programs. */
static void add_query(const fpli_maker *maker, fpl_section *section,
                      const fpl_query *query)
{
    if (query == NULL) return;
    fpl_document *document = maker->document;
    fpl_value *map = fpl_value_map(document), *fixed = fpl_value_map(document);
    for (int i = 0; i < query->n_fixed; i++) {
        int d = query->fixed[i].descriptor;
        fpl_value_set(
            fixed, fpli_descriptor_id(maker, d),
            fpl_value_text(document, fpli_variant_id(maker, d, query->fixed[i].variant)));
    }
    fpl_value_set(map, "reading",
                  fpl_value_text(document, query->reading == FPL_DO ? "do" : "see"));
    fpl_value_set(map, "fixed", fixed);
    if (query->use_total)
        fpl_value_set(map, "max_total_tension",
                      fpli_points_value(maker, query->max_total));
    else
        fpl_value_set(map, "max_inconsistency",
                      fpli_points_value(maker, query->max_inconsistency));
    fpl_value_set(map, "strict", fpl_value_bool(document, query->strict));
    fpl_section_field(section, "query", NULL, map);
}

static void say_number(const fpli_maker *maker, fpl_section *section,
                       const fpl_query *query, const char *number, bool complete)
{
    fpl_count space = {0};
    if (fpl_model_space(maker->model, &space) != FPL_OK) {
        maker->document->status = FPL_E_MEMORY;
    } else {
        const char *size = fpli_count_words(maker->document, maker->words, &space);
        const char *format = complete ? N_("%s out of %s") : N_("at least %s out of %s");
        fpli_sayf(section, fpli_tr(maker->words, format), number_of(maker, query, number),
                  size);
    }
    fpl_count_clear(&space);
}

fpl_status fpl_result_scenarios(const fpl_model *model, const fpl_query *query,
                                const fpl_scenarios *scenarios,
                                const fpl_output_options *words, fpl_document **document,
                                fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-scenarios", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpl_stop stop = fpl_scenarios_outcome(scenarios)->stop;
    size_t n = fpl_scenarios_n(scenarios);
    fpli_stopped(&maker, stop);
    add_query(&maker, root, query);
    fpl_section_field(
        root, "count", NULL,
        fpl_value_text(maker.document, fpli_textf(maker.document, "%zu", n)));
    say_number(&maker, root, query, fpli_number_words(maker.document, words, n),
               stop == FPL_COMPLETE);
    say_reading(&maker, root, query);
    fpli_add_scenarios(&maker, root, scenarios, query);
    if (n > 0)
        fpl_section_next(root, fpli_command(&maker, "explain", "--scenario 1"),
                         fpli_tr(words, N_("Why the first one holds")));
    else if (query == NULL || !is_tolerant(query))
        fpl_section_next(root, fpli_command(&maker, "scenarios", "--near 1"),
                         fpli_tr(words, N_("Which ones nearly hold")));
    return fpli_finish(&maker, document, error);
}

fpl_status fpl_result_count(const fpl_model *model, const fpl_query *query,
                            const fpl_count *count, const fpl_outcome *outcome,
                            const fpl_output_options *words, fpl_document **document,
                            fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-count", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpl_stop stop = outcome == NULL ? FPL_COMPLETE : outcome->stop;
    fpli_stopped(&maker, stop);
    add_query(&maker, root, query);
    fpl_section_field(root, "count", NULL, fpl_value_count(maker.document, count));
    say_number(&maker, root, query, fpli_count_words(maker.document, words, count),
               stop == FPL_COMPLETE);
    say_reading(&maker, root, query);
    return fpli_finish(&maker, document, error);
}
