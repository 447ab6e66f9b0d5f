/* Verdicts on the gates that a model states. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

static const char *const answers[] = {
    [FPL_GATE_UNTESTABLE] = "untestable",
    [FPL_GATE_ENTAILED] = "entailed",
    [FPL_GATE_VIOLATED] = "violated",
    [FPL_GATE_UNKNOWN] = "unknown",
};
static const char *const answer_names[] = {
    [FPL_GATE_UNTESTABLE] = N_("untestable"),
    [FPL_GATE_ENTAILED] = N_("entailed"),
    [FPL_GATE_VIOLATED] = N_("violated"),
    [FPL_GATE_UNKNOWN] = N_("unknown"),
};
const char *fpli_gate_answer_word(fpl_gate_answer answer)
{
    return answers[answer];
}

const char *fpli_gate_answer_name(const fpli_maker *maker, fpl_gate_answer answer)
{
    return fpli_tr(maker->words, answer_names[answer]);
}

static const char *const obstacles[] = {
    [FPL_GATE_TESTABLE] = "",
    [FPL_GATE_NO_FORMULA] = "no-formula",
    [FPL_GATE_NO_CONDITION] = "not-a-condition",
    [FPL_GATE_NO_TARGET] = "no-level",
    [FPL_GATE_NEVER_ARISES] = "never-arises",
};
static const char *const obstacle_names[] = {
    [FPL_GATE_TESTABLE] = "",
    [FPL_GATE_NO_FORMULA] = N_("stated in words only"),
    [FPL_GATE_NO_CONDITION] = N_("a delay or consequence, no condition"),
    [FPL_GATE_NO_TARGET] = N_("names neither a level nor a measure"),
    [FPL_GATE_NEVER_ARISES] = N_("no completion puts it to the test"),
};
static const char *const gate_kinds[] = {"", "necessary", "sufficient", "delay",
                                         "consequence"};
static const char *const gate_kind_names[] = {"", N_("necessary"), N_("sufficient"),
                                              N_("delay"), N_("consequence")};

static fpl_value *text_or_null(const fpli_maker *maker, const char *text)
{
    return text == NULL || *text == '\0' ? fpl_value_null(maker->document)
                                         : fpl_value_text(maker->document, text);
}

static void list_gate(const fpli_maker *maker, fpl_table *table,
                      const fpl_roadmap *roadmap, const fpl_gate_verdict *verdict)
{
    const fpl_gate *gate = &fpl_model_content(maker->model)->gates.items[verdict->gate];
    fpl_document *document = maker->document;
    bool violated = verdict->answer == FPL_GATE_VIOLATED;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, gate->id));
    fpl_table_cell(table, text_or_null(maker, gate->level.id));
    fpl_table_cell(table, text_or_null(maker, gate->measure.id));
    fpl_table_cell(table, text_or_null(maker, gate_kinds[gate->kind]));
    fpl_table_cell(table, text_or_null(maker, gate->when.text));
    fpl_table_cell(table, fpl_value_text(document, answers[verdict->answer]));
    fpl_table_cell(table, text_or_null(maker, obstacles[verdict->obstacle]));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_rows));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_tested));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_violations));
    fpl_table_cell(
        table, violated ? fpli_row_setting(maker, roadmap,
                                           fpl_roadmap_row(roadmap, verdict->first_row))
                        : fpl_value_null(document));
    fpl_table_cell(table, verdict->witness == NULL
                              ? fpl_value_null(document)
                              : fpli_scenario_variants(maker, verdict->witness));
}

/* "violated in 3 rows, first: easing, detente, emergency". */
static const char *verdict_words(const fpli_maker *maker, const fpl_roadmap *roadmap,
                                 const fpl_gate_verdict *verdict)
{
    fpl_document *document = maker->document;
    const fpl_output_options *words = maker->words;
    if (verdict->answer == FPL_GATE_UNTESTABLE)
        return fpli_tr(words, obstacle_names[verdict->obstacle]);
    if (verdict->answer == FPL_GATE_UNKNOWN)
        return fpli_tr(words, N_("stopped before all rows were looked at"));
    if (verdict->answer == FPL_GATE_ENTAILED)
        return fpli_counted(document, words, verdict->n_tested, N_("tested in %s row"),
                            N_("tested in %s rows"));
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    const fpl_row *row = fpl_roadmap_row(roadmap, verdict->first_row);
    const char *where = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        where = fpli_textf(document, "%s%s%s", where, i > 0 ? ", " : "",
                           fpli_variant_words(maker, drivers[i], row->drivers[i]));
    const char *format = verdict->n_violations == 1 ? N_("in %zu of %s: %s")
                                                    : N_("in %zu of %s, first: %s");
    return fpli_textf(
        document, fpli_tr(words, format), verdict->n_violations,
        fpli_counted(document, words, verdict->n_tested, N_("%s row"), N_("%s rows")),
        where);
}

static void show_gate(const fpli_maker *maker, fpl_table *table,
                      const fpl_roadmap *roadmap, const fpl_gate_verdict *verdict)
{
    static const fpl_tone tones[] = {FPL_TONE_FAINT, FPL_TONE_GOOD, FPL_TONE_ALERT,
                                     FPL_TONE_FAINT};
    const fpl_gate *gate = &fpl_model_content(maker->model)->gates.items[verdict->gate];
    fpl_document *document = maker->document;
    const char *name = fpl_text_in(&gate->name, fpli_language(maker->words));
    const char *target = gate->level.index >= 0
                             ? fpli_level_number(maker, gate->level.index)
                         : gate->measure.id != NULL ? gate->measure.id
                                                    : "";
    const char *condition = gate->when.text != NULL ? gate->when.text : name;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, target));
    fpl_table_cell(table, fpl_value_text(document, fpli_tr(maker->words,
                                                           gate_kind_names[gate->kind])));
    fpl_table_cell(table, fpl_value_text(document, condition));
    fpl_value *answer = fpl_value_text(
        document, fpli_tr(maker->words, answer_names[verdict->answer]));
    fpl_table_cell(table, fpl_value_tone(answer, tones[verdict->answer]));
    fpl_table_cell(table,
                   fpl_value_text(document, verdict_words(maker, roadmap, verdict)));
}

void fpli_add_gates(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap, const fpl_gate_verdicts *verdicts)
{
    static const char *const keys[] = {
        "id",       "level", "measure",     "kind",       "when",      "verdict",
        "obstacle", "rows",  "rows_tested", "violations", "first_row", "witness"};
    const fpl_output_options *words = maker->words;
    const fpl_gate_options *options = fpl_gate_verdicts_options(verdicts);
    const int n = fpl_gate_verdicts_n(verdicts);
    fpl_section_field(section, "max_tension", NULL,
                      options->use_max_tension
                          ? fpli_points_value(maker, options->max_tension)
                          : fpl_value_null(maker->document));
    fpl_table *listing = fpl_section_table(section, "verdicts", NULL);
    for (int i = 0; i < 12; i++)
        fpl_table_column(listing, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int g = 0; g < n; g++)
        list_gate(maker, listing, roadmap, fpl_gate_verdicts_get(verdicts, g));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Gate to")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("kind")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("when")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("verdict")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, "", FPL_COLUMN_WRAP);
    for (int g = 0; g < n; g++)
        show_gate(maker, table, roadmap, fpl_gate_verdicts_get(verdicts, g));
}
