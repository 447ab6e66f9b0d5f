/* Traces: what moved in each step, and what spoke for it most. */
#include "output/parts.h"

#include <fahrplan/results.h>

#include <string.h>

/* ---- for programs -------------------------------------------------------------------------- */

static void add_setting(const fpli_maker *maker, fpl_section *section,
                        const fpl_trace_setting *setting, const char *rule)
{
    fpl_document *document = maker->document;
    fpl_section_field(section, "rule", NULL, fpl_value_text(document, rule));
    fpl_section_field(section, "remember", NULL,
                      fpl_value_bool(document, setting->dynamics->memory));
    fpl_section_field(section, "held", NULL,
                      fpli_fixings(maker, setting->held, setting->n_held));
}

static fpl_value *move_value(const fpli_maker *maker, const fpl_trace_move *move)
{
    fpl_value *map = fpl_value_map(maker->document);
    const int d = move->descriptor;
    fpl_value_set(map, "descriptor",
                  fpl_value_text(maker->document, fpli_descriptor_id(maker, d)));
    fpl_value_set(map, "from",
                  fpl_value_text(maker->document, fpli_variant_id(maker, d, move->from)));
    fpl_value_set(map, "to",
                  fpl_value_text(maker->document, fpli_variant_id(maker, d, move->to)));
    fpl_value_set(map, "gain", fpli_points_value(maker, move->gain));
    return map;
}

static void list_steps(const fpli_maker *maker, fpl_section *section,
                       const fpl_trace *trace)
{
    static const char *const keys[] = {"index", "variants", "acting", "total_tension",
                                       "moves"};
    fpl_table *table = fpl_section_table(section, "steps", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t s = 0; s < fpl_trace_n(trace); s++) {
        const fpl_trace_step *step = fpl_trace_get(trace, s);
        fpl_value *moves = fpl_value_list(maker->document);
        for (int m = 0; m < step->n_moves; m++)
            fpl_value_append(moves, move_value(maker, &step->moves[m]));
        fpl_table_row(table);
        fpl_table_cell(table, fpli_scenario_index(maker, step->z));
        fpl_table_cell(table, fpli_scenario_variants(maker, step->z));
        fpl_table_cell(table, fpli_scenario_variants(maker, step->acting));
        fpl_table_cell(table, fpli_points_value(maker, step->total_tension));
        fpl_table_cell(table, moves);
    }
}

/* ---- for people ---------------------------------------------------------------------------- */

static const char *points(const fpli_maker *maker, int64_t value, bool with_sign)
{
    return fpli_points(maker->document, maker->words, value,
                       fpl_model_denominator(maker->model), with_sign);
}

/* The variant whose judgements speak most for the move, with its reason. */
static const char *because(const fpli_maker *maker, const uint16_t *acting,
                           const fpl_trace_move *move)
{
    int who = -1, most = 0;
    for (int i = 0; i < fpl_model_n_descriptors(maker->model); i++) {
        const int weight = fpl_model_judgement(maker->model, i, acting[i],
                                               move->descriptor, move->to) -
                           fpl_model_judgement(maker->model, i, acting[i],
                                               move->descriptor, move->from);
        if (weight <= most) continue;
        most = weight;
        who = i;
    }
    if (who < 0) return "";
    const fpl_reason *reason = fpl_model_reason(maker->model, who, acting[who],
                                                move->descriptor);
    const char *why = reason == NULL
                          ? ""
                          : fpl_text_in(&reason->why, fpli_language(maker->words));
    return fpli_textf(maker->document, "%s %s %s%s%s", fpli_descriptor_words(maker, who),
                      fpli_variant_words(maker, who, acting[who]),
                      points(maker, most, true), *why == '\0' ? "" : ": ", why);
}

static void show_move(const fpli_maker *maker, fpl_table *table, size_t number,
                      const fpl_trace_step *step, const uint16_t *acting,
                      const fpl_trace_move *move)
{
    fpl_document *document = maker->document;
    const int d = move->descriptor;
    const bool ascii = maker->words != NULL && maker->words->ascii;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, fpli_textf(document, "%zu", number)));
    fpl_table_cell(table,
                   fpl_value_text(document, points(maker, step->total_tension, false)));
    fpl_table_cell(table, fpl_value_text(document, fpli_descriptor_words(maker, d)));
    fpl_value *change = fpl_value_text(
        document,
        fpli_textf(document, "%s %s %s", fpli_variant_words(maker, d, move->from),
                   ascii ? "->" : "\xE2\x86\x92",
                   fpli_variant_words(maker, d, move->to)));
    fpl_table_cell(table, fpl_value_tone(change, FPL_TONE_STRONG));
    fpl_table_cell(table, fpl_value_text(document, points(maker, move->gain, true)));
    fpl_table_cell(table, fpl_value_text(document, because(maker, acting, move)));
}

/* Whether those who come later in a step see the moves before them. */
static bool in_turn(const fpl_dynamics *dynamics)
{
    return dynamics->rule == FPL_SUCCESSION_SEQUENTIAL ||
           dynamics->rule == FPL_SUCCESSION_RANDOM;
}

static bool acts_at_once(const fpli_maker *maker, const fpl_dynamics *dynamics,
                         const fpl_trace_move *move)
{
    return !dynamics->memory || fpl_model_content(maker->model)
                                        ->descriptors.items[move->descriptor]
                                        .variants.items[move->to]
                                        .lag == 0;
}

static void show_steps(const fpli_maker *maker, fpl_section *section,
                       const fpl_dynamics *dynamics, const fpl_trace *trace)
{
    const int n = fpl_model_n_descriptors(maker->model);
    uint16_t acting[FPL_DESCRIPTORS_MAX];
    const fpl_output_options *words = maker->words;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Step")),
                     FPL_COLUMN_RIGHT | FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("tension")),
                     FPL_COLUMN_RIGHT | FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("who moves")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("where")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("gain")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("what speaks for it most")),
                     FPL_COLUMN_WRAP);
    for (size_t s = 0; s < fpl_trace_n(trace); s++) {
        const fpl_trace_step *step = fpl_trace_get(trace, s);
        memcpy(acting, step->acting, (size_t)n * sizeof *acting);
        for (int m = 0; m < step->n_moves; m++) {
            const fpl_trace_move *move = &step->moves[m];
            show_move(maker, table, s + 1, step, acting, move);
            if (in_turn(dynamics) && acts_at_once(maker, dynamics, move))
                acting[move->descriptor] = move->to;
        }
    }
}

static const char *end_sentence(const fpli_maker *maker, const fpl_trace *trace)
{
    const fpl_output_options *words = maker->words;
    const size_t settled = fpl_trace_settled_at(trace), cycle = fpl_trace_cycle(trace);
    if (cycle == 0) return fpli_tr(words, N_("It has not come to rest so far."));
    if (cycle == 1 && settled == 0)
        return fpli_tr(words, N_("It rests where it is: nothing wants to move."));
    if (cycle == 1)
        return fpli_textf(maker->document,
                          fpli_tr(words, settled == 1 ? N_("It rests after %zu step.")
                                                      : N_("It rests after %zu steps.")),
                          settled);
    return fpli_textf(
        maker->document,
        fpli_tr(words, N_("From step %zu on it goes round in a cycle of %zu "
                          "scenarios.")),
        settled + 1, cycle);
}

enum { MEMBERS_SHOWN = 8 };

/* Where it begins and where it ends, side by side. */
static void show_ends(const fpli_maker *maker, fpl_section *section,
                      const fpl_trace *trace)
{
    const fpl_output_options *words = maker->words;
    const size_t settled = fpl_trace_settled_at(trace), cycle = fpl_trace_cycle(trace);
    if (cycle == 0) return;
    const size_t n = cycle < MEMBERS_SHOWN ? cycle : MEMBERS_SHOWN;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Descriptor")), FPL_COLUMN_WRAP);
    if (settled > 0)
        fpl_table_column(table, NULL, fpli_tr(words, N_("at first")), FPL_COLUMN_SPAN);
    for (size_t i = 0; i < n; i++)
        fpl_table_column(table, NULL,
                         cycle == 1
                             ? fpli_tr(words, N_("at rest"))
                             : fpli_textf(maker->document, fpli_tr(words, N_("step %zu")),
                                          settled + i + 1),
                         FPL_COLUMN_SPAN);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (size_t i = settled > 0 ? 0 : 1; i <= n; i++) {
            const size_t at = i == 0 ? 0 : settled + i - 1;
            const int v = fpl_trace_get(trace, at)->z[d];
            fpl_table_cell(
                table, fpl_value_text(maker->document, fpli_variant_words(maker, d, v)));
        }
    }
}

fpl_status fpl_result_trace(const fpl_model *model, const fpl_trace_setting *setting,
                            const fpl_trace *trace, const fpl_output_options *words,
                            fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-trace", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    const fpl_succession_info *rule = fpl_succession_get(setting->dynamics->rule);
    fpli_stopped(&maker, fpl_trace_stop(trace));
    add_setting(&maker, root, setting, rule->name);
    fpl_section_field(
        root, "settled_at", NULL,
        fpl_trace_cycle(trace) == 0
            ? fpl_value_null(maker.document)
            : fpl_value_int(maker.document, (int64_t)fpl_trace_settled_at(trace)));
    fpl_section_field(root, "cycle", NULL,
                      fpl_value_int(maker.document, (int64_t)fpl_trace_cycle(trace)));
    fpl_section_field(root, NULL, fpli_tr(words, N_("From")),
                      fpl_value_text(maker.document, setting->title));
    fpl_section_field(root, NULL, fpli_tr(words, N_("Rule")),
                      fpl_value_text(maker.document, fpli_tr(words, rule->summary)));
    list_steps(&maker, root, trace);
    if (fpl_trace_n(trace) > 1 || fpl_trace_cycle(trace) != 1)
        show_steps(&maker, root, setting->dynamics, trace);
    fpl_section_say(root, end_sentence(&maker, trace));
    show_ends(&maker, root, trace);
    fpl_section_next(root, fpli_command(&maker, "basins", ""),
                     fpli_tr(words, N_("Where all scenarios end")));
    return fpli_finish(&maker, document, error);
}

/* ---- all asynchronous orders --------------------------------------------------------------- */

static void list_closed(const fpli_maker *maker, fpl_section *section,
                        const fpl_reach *reach)
{
    fpl_table *table = fpl_section_table(section, "closed", NULL);
    fpl_table_column(table, "members", NULL, FPL_COLUMN_HIDDEN);
    for (int c = 0; c < fpl_reach_n_closed(reach); c++) {
        fpl_value *members = fpl_value_list(maker->document);
        for (size_t i = 0; i < fpl_reach_n(reach); i++)
            if (fpl_reach_closed(reach, i) == c)
                fpl_value_append(members,
                                 fpli_scenario_index(maker, fpl_reach_get(reach, i)));
        fpl_table_row(table);
        fpl_table_cell(table, members);
    }
}

/* Variants that occur in a closed set: "calm / strained". */
static const char *variants_of(const fpli_maker *maker, const fpl_reach *reach,
                               int closed, int d)
{
    uint64_t seen = 0;
    const char *text = "";
    for (size_t i = 0; i < fpl_reach_n(reach); i++)
        if (fpl_reach_closed(reach, i) == closed)
            seen |= (uint64_t)1 << fpl_reach_get(reach, i)[d];
    for (int v = 0; v < fpl_model_n_variants(maker->model, d); v++)
        if (seen >> v & 1)
            text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : " / ",
                              fpli_variant_words(maker, d, v));
    return text;
}

static void show_closed(const fpli_maker *maker, fpl_section *section,
                        const fpl_reach *reach)
{
    const int n = fpl_reach_n_closed(reach);
    fpl_table *table = fpli_tableau(maker, section, N_("Where all orders end"),
                                    (size_t)n);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (int c = 0; c < n; c++)
            fpl_table_cell(
                table, fpl_value_text(maker->document, variants_of(maker, reach, c, d)));
    }
}

fpl_status fpl_result_reach(const fpl_model *model, const fpl_trace_setting *setting,
                            const fpl_reach *reach, const fpl_output_options *words,
                            fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-reach", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    const int n = fpl_reach_n_closed(reach);
    fpli_stopped(&maker, fpl_reach_stop(reach));
    add_setting(&maker, root, setting, "asynchronous");
    fpl_section_field(root, NULL, fpli_tr(words, N_("From")),
                      fpl_value_text(maker.document, setting->title));
    fpl_section_field(root, "count", fpli_tr(words, N_("Can be reached")),
                      fpl_value_text(maker.document, fpli_textf(maker.document, "%zu",
                                                                fpl_reach_n(reach))));
    list_closed(&maker, root, reach);
    if (fpl_reach_stop(reach) == FPL_COMPLETE) {
        fpl_section_say(root, n == 1 ? fpli_tr(words, N_("Every order ends in the same "
                                                         "place: it is guaranteed."))
                                     : fpli_tr(words, N_("It depends on the order where "
                                                         "it ends.")));
        show_closed(&maker, root, reach);
    }
    return fpli_finish(&maker, document, error);
}
