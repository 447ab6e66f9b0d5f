/* Why a scenario, or a variant, holds or does not: one balance sheet a descriptor, every argument
 * with its judgements, reason, source, place and grade. */
#include "output/parts.h"

#include <fahrplan/results.h>

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_value *id_or_null(const fpli_maker *maker, const char *id)
{
    return id == NULL ? fpl_value_null(maker->document)
                      : fpl_value_text(maker->document, id);
}

static fpl_value *variant_or_null(const fpli_maker *maker, int descriptor, int variant)
{
    return id_or_null(maker,
                      variant < 0 ? NULL : fpli_variant_id(maker, descriptor, variant));
}

static void list_sheets(const fpli_maker *maker, fpl_section *section,
                        const fpl_explanation *explanation)
{
    static const char *const keys[] = {"descriptor", "variant", "rival", "consistency",
                                       "balances"};
    fpl_table *table = fpl_section_table(section, "sheets", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int s = 0; s < fpl_explanation_n_sheets(explanation); s++) {
        const fpl_balance_sheet *sheet = fpl_explanation_sheet(explanation, s);
        int d = sheet->descriptor;
        fpl_value *balances = fpl_value_map(maker->document);
        for (int v = 0; v < fpl_model_n_variants(maker->model, d); v++)
            fpl_value_set(balances, fpli_variant_id(maker, d, v),
                          fpli_points_value(maker, sheet->balances[v]));
        fpl_table_row(table);
        fpl_table_cell(table, id_or_null(maker, fpli_descriptor_id(maker, d)));
        fpl_table_cell(table, variant_or_null(maker, d, sheet->chosen));
        fpl_table_cell(table, variant_or_null(maker, d, sheet->rival));
        fpl_table_cell(table, fpli_points_value(maker, sheet->consistency));
        fpl_table_cell(table, balances);
    }
}

static fpl_value *places(const fpli_maker *maker, const fpl_reason *reason)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (int i = 0; reason != NULL && i < reason->at.n; i++)
        fpl_value_append(list, fpl_value_text(maker->document, reason->at.items[i]));
    return list;
}

static void list_argument(const fpli_maker *maker, fpl_table *table, const uint16_t *z,
                          const fpl_balance_sheet *sheet, const fpl_argument *argument)
{
    const fpl_reason *reason = argument->reason;
    const char *why = reason == NULL
                          ? NULL
                          : fpl_text_in(&reason->why, fpli_language(maker->words));
    fpl_table_row(table);
    fpl_table_cell(table,
                   id_or_null(maker, fpli_descriptor_id(maker, sheet->descriptor)));
    fpl_table_cell(table, id_or_null(maker, fpli_descriptor_id(maker, argument->from)));
    fpl_table_cell(table, variant_or_null(maker, argument->from, z[argument->from]));
    fpl_table_cell(table, fpli_points_value(maker, argument->for_chosen));
    fpl_table_cell(table, fpli_points_value(maker, argument->for_rival));
    fpl_table_cell(table, fpli_points_value(maker, argument->weight));
    fpl_table_cell(table, id_or_null(maker, why));
    fpl_table_cell(table, id_or_null(maker, reason == NULL ? NULL : reason->source.id));
    fpl_table_cell(table, places(maker, reason));
    fpl_table_cell(table, id_or_null(maker, reason == NULL ? NULL : reason->grade.id));
}

static void list_arguments(const fpli_maker *maker, fpl_section *section,
                           const uint16_t *z, const fpl_explanation *explanation)
{
    static const char *const keys[] = {
        "descriptor", "from",   "from_variant", "for_variant", "for_rival",
        "weight",     "reason", "source",       "at",          "grade"};
    fpl_table *table = fpl_section_table(section, "arguments", NULL);
    for (int i = 0; i < 10; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int s = 0; s < fpl_explanation_n_sheets(explanation); s++) {
        const fpl_balance_sheet *sheet = fpl_explanation_sheet(explanation, s);
        for (int a = 0; a < sheet->arguments.n; a++)
            list_argument(maker, table, z, sheet, &sheet->arguments.items[a]);
    }
}

static void list_figures(const fpli_maker *maker, fpl_section *section, const uint16_t *z,
                         const fpl_figures *figures)
{
    fpl_section_field(section, "index", NULL, fpli_scenario_index(maker, z));
    fpl_section_field(section, "variants", NULL, fpli_scenario_variants(maker, z));
    fpl_section_field(section, "consistency", NULL,
                      fpli_points_value(maker, figures->consistency));
    fpl_section_field(section, "inconsistency", NULL,
                      fpli_points_value(maker, figures->inconsistency));
    fpl_section_field(section, "total_tension", NULL,
                      fpli_points_value(maker, figures->total_tension));
    fpl_section_field(section, "tis", NULL, fpli_points_value(maker, figures->tis));
    fpl_section_field(section, "excluded", NULL,
                      fpl_value_bool(maker->document, figures->excluded));
}

/* ---- for people ---------------------------------------------------------------------------- */

static const char *points(const fpli_maker *maker, int64_t value, bool with_sign)
{
    return fpli_points(maker->document, maker->words, value,
                       fpl_model_denominator(maker->model), with_sign);
}

/* "Level: L2 leads L1 by 3". */
static const char *verdict(const fpli_maker *maker, const fpl_balance_sheet *sheet)
{
    fpl_document *document = maker->document;
    const fpl_output_options *words = maker->words;
    int d = sheet->descriptor;
    const char *name = fpli_descriptor_words(maker, d);
    const char *language = fpli_language(words);
    const char *chosen = fpl_model_variant_name(maker->model, d, sheet->chosen, language);
    if (sheet->rival < 0)
        return fpli_textf(document, fpli_tr(words, N_("%s: \"%s\" has no rival")), name,
                          chosen);
    const char *rival = fpl_model_variant_name(maker->model, d, sheet->rival, language);
    int32_t c = sheet->consistency;
    if (c == 0)
        return fpli_textf(document, fpli_tr(words, N_("%s: \"%s\" ties with \"%s\"")),
                          name, chosen, rival);
    const char *format = c > 0 ? N_("%s: \"%s\" is ahead of \"%s\" by %s")
                               : N_("%s: \"%s\" falls behind \"%s\" by %s");
    return fpli_textf(document, fpli_tr(words, format), name, chosen, rival,
                      points(maker, c < 0 ? -c : c, false));
}

/* "the reason (essay 28, 37; stated)". */
const char *fpli_reason_words(const fpli_maker *maker, const fpl_reason *reason)
{
    fpl_document *document = maker->document;
    if (reason == NULL) return fpli_tr(maker->words, N_("no reason given"));
    const char *where = reason->source.id == NULL ? "" : reason->source.id;
    for (int i = 0; i < reason->at.n; i++)
        where = fpli_textf(document, "%s%s%s", where,
                           i > 0            ? ", "
                           : *where != '\0' ? " "
                                            : "",
                           reason->at.items[i]);
    if (reason->grade.id != NULL) {
        const char *grade = fpli_grade_words(maker, reason->grade.id);
        where = fpli_textf(document, "%s%s%s", where, *where != '\0' ? "; " : "", grade);
    }
    const char *why = fpl_text_in(&reason->why, fpli_language(maker->words));
    if (*where == '\0') return why;
    return *why == '\0' ? where : fpli_textf(document, "%s (%s)", why, where);
}

static void show_argument(const fpli_maker *maker, fpl_table *table, const uint16_t *z,
                          const fpl_argument *argument)
{
    fpl_document *document = maker->document;
    const char *who = fpli_textf(
        document, "%s: %s", fpli_descriptor_words(maker, argument->from),
        fpli_variant_words(maker, argument->from, z[argument->from]));
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, who));
    fpl_table_cell(table,
                   fpl_value_text(document, points(maker, argument->for_chosen, true)));
    fpl_table_cell(table,
                   fpl_value_text(document, points(maker, argument->for_rival, true)));
    fpl_value *weight = fpl_value_text(document, points(maker, argument->weight, true));
    fpl_table_cell(table, fpl_value_tone(weight, FPL_TONE_STRONG));
    fpl_table_cell(table,
                   fpl_value_text(document, fpli_reason_words(maker, argument->reason)));
}

static void show_sheet(const fpli_maker *maker, fpl_section *parent, const uint16_t *z,
                       const fpl_balance_sheet *sheet)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    fpl_section *section = fpl_section_add(parent, NULL, verdict(maker, sheet));
    const char *sums = "";
    for (int v = 0; v < fpl_model_n_variants(maker->model, sheet->descriptor); v++)
        sums = fpli_textf(document, "%s%s%s %s", sums, v > 0 ? " | " : "",
                          fpli_variant_words(maker, sheet->descriptor, v),
                          points(maker, sheet->balances[v], false));
    fpl_section_field(section, NULL, fpli_tr(words, N_("Balance")),
                      fpl_value_text(document, sums));
    if (sheet->arguments.n == 0) {
        fpl_section_say(section, fpli_tr(words, N_("Nothing speaks for or against it.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Argument")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("for it")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("rival")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("net")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Reason")), FPL_COLUMN_WRAP);
    for (int a = 0; a < sheet->arguments.n; a++)
        show_argument(maker, table, z, &sheet->arguments.items[a]);
}

static void show_summary(const fpli_maker *maker, fpl_section *section, const char *title,
                         const fpl_figures *figures)
{
    const fpl_output_options *words = maker->words;
    if (title != NULL)
        fpl_section_field(section, NULL, fpli_tr(words, N_("Scenario")),
                          fpl_value_text(maker->document, title));
    bool holds = figures->consistency >= 0 && !figures->excluded;
    const char *answer = figures->excluded ? N_("excluded by the model")
                         : holds           ? N_("consistent")
                                           : N_("not consistent");
    fpl_value *value = fpl_value_text(maker->document, fpli_tr(words, answer));
    fpl_section_field(section, NULL, fpli_tr(words, N_("Answer")),
                      fpl_value_tone(value, holds ? FPL_TONE_GOOD : FPL_TONE_ALERT));
    fpl_section_field(section, NULL, fpli_tr(words, N_("Consistency value")),
                      fpli_points_value(maker, figures->consistency));
    if (!holds)
        fpl_section_field(section, NULL, fpli_tr(words, N_("Total tension")),
                          fpli_points_value(maker, figures->total_tension));
    fpl_section_field(section, NULL, fpli_tr(words, N_("Total impact")),
                      fpli_points_value(maker, figures->tis));
}

fpl_status fpl_result_explanation(const fpl_model *model, const uint16_t *z,
                                  const char *title, bool hypothetical,
                                  const fpl_explanation *explanation,
                                  const fpl_output_options *words,
                                  fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-explanation", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    const fpl_figures *figures = fpl_explanation_figures(explanation);
    list_figures(&maker, root, z, figures);
    fpl_section_field(root, "hypothetical", NULL,
                      fpl_value_bool(maker.document, hypothetical));
    list_sheets(&maker, root, explanation);
    list_arguments(&maker, root, z, explanation);
    if (!hypothetical) {
        show_summary(&maker, root, title, figures);
    } else if (title != NULL) {
        fpl_section_field(root, NULL, fpli_tr(words, N_("Scenario")),
                          fpl_value_text(maker.document, title));
    }
    for (int s = 0; s < fpl_explanation_n_sheets(explanation); s++)
        show_sheet(&maker, root, z, fpl_explanation_sheet(explanation, s));
    if (fpli_is_start(&maker, z))
        fpl_section_next(
            root, fpli_command(&maker, "rank", ""),
            fpli_tr(words, N_("How its tension compares with that of all others")));
    else
        fpl_section_next(root, fpli_command(&maker, "scenarios", ""),
                         fpli_tr(words, N_("All scenarios that hold")));
    return fpli_finish(&maker, document, error);
}
