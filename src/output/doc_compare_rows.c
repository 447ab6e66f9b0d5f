/* Rows of two roadmaps and verdicts on gates whose answer differs. */
#include "output/doc_compare.h"
#include "output/doc_roadmap.h"

/* Rows alike in what changes and why would only repeat themselves: the first ones are explained. */
enum { SHOWN_ROWS = 40, ROWS_EXPLAINED = 3 };

static const char *const lost_gained[] = {"lost", "gained"};

/* ---- rows for programs ---------------------------------------------------------------------- */

static const fpl_row *row_of(const fpli_pair_maker *p, const fpl_row_shift *shift,
                             int side)
{
    return fpl_roadmap_row(fpl_comparison_roadmap(p->view->comparison, side),
                           shift->row[side]);
}

static fpl_value *necessary_id(const fpli_maker *maker, const fpl_row *row)
{
    if (row->necessary < 0) return fpl_value_null(maker->document);
    return fpl_value_text(
        maker->document,
        fpli_variant_id(maker, fpl_model_level(maker->model), row->necessary));
}

static fpl_value *witness_list(const fpli_pair_maker *p, const fpl_row_shift *shift)
{
    fpl_document *document = p->side[0].document;
    fpl_value *list = fpl_value_list(document);
    for (int i = 0; i < shift->witnesses.n; i++) {
        const fpl_shift *w = &shift->witnesses.items[i];
        fpl_value *map = fpl_value_map(document);
        fpl_value_set(map, "change", fpl_value_text(document, lost_gained[w->side]));
        fpl_value_set(map, "index", fpli_scenario_index(&p->side[w->side], w->z));
        fpl_value_set(map, "variants", fpli_scenario_variants(&p->side[w->side], w->z));
        fpl_value_set(map, "causes",
                      fpli_causes(p, w->causes.items, w->causes.n, w->side));
        fpl_value_append(list, map);
    }
    return list;
}

static fpl_value *row_drivers(const fpli_pair_maker *p, const fpl_row_shift *shift)
{
    const fpl_roadmap *map = fpl_comparison_roadmap(p->view->comparison, FPL_OLD);
    const fpl_row *row = row_of(p, shift, FPL_OLD);
    fpl_value *drivers = fpl_value_map(p->side[0].document);
    for (int i = 0; i < fpl_roadmap_n_drivers(map); i++) {
        const int d = fpl_roadmap_drivers(map)[i];
        fpl_value_set(
            drivers, fpli_descriptor_id(&p->side[FPL_OLD], d),
            fpl_value_text(p->side[0].document,
                           fpli_variant_id(&p->side[FPL_OLD], d, row->drivers[i])));
    }
    return drivers;
}

static void list_rows(const fpli_pair_maker *p, fpl_section *section)
{
    static const char *const keys[] = {"drivers",         "default_before",
                                       "default_after",   "possible_before",
                                       "possible_after",  "necessary_before",
                                       "necessary_after", "witnesses",
                                       "parting",         "causes"};
    fpl_document *document = p->side[0].document;
    fpl_table *table = fpl_section_table(section, "rows", NULL);
    for (int i = 0; i < 10; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t r = 0; r < fpl_comparison_n_rows(p->view->comparison); r++) {
        const fpl_row_shift *shift = fpl_comparison_row(p->view->comparison, r);
        const fpl_row *const rows[] = {row_of(p, shift, 0), row_of(p, shift, 1)};
        fpl_table_row(table);
        fpl_table_cell(table, row_drivers(p, shift));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(table, fpli_level_list(&p->side[s], rows[s]->default_levels));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(table, fpli_level_list(&p->side[s], rows[s]->possible));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(table, necessary_id(&p->side[s], rows[s]));
        fpl_table_cell(table, witness_list(p, shift));
        fpl_table_cell(table,
                       shift->parting == NULL
                           ? fpl_value_null(document)
                           : fpli_scenario_variants(&p->side[FPL_OLD], shift->parting));
        fpl_table_cell(table, fpli_causes(p, shift->causes.items, shift->causes.n, -1));
    }
}

/* ---- rows for people ------------------------------------------------------------------------ */

static const char *arrow(const fpli_pair_maker *p)
{
    const fpl_output_options *words = p->side[0].words;
    return words != NULL && words->ascii ? "->" : "\xE2\x86\x92";
}

/* "1 → 2", or "1" if that did not change. */
static void put_change(const fpli_pair_maker *p, fpl_table *table, bool differs,
                       const char *was, const char *is)
{
    fpl_document *document = p->side[0].document;
    const char *none = p->side[0].words != NULL && p->side[0].words->ascii
                           ? "-"
                           : "\xE2\x80\x93";
    const char *text = differs
                           ? fpli_textf(document, "%s %s %s", *was == '\0' ? none : was,
                                        arrow(p), *is == '\0' ? none : is)
                           : is;
    fpl_table_cell(table, fpl_value_tone(fpl_value_text(document, text),
                                         differs ? FPL_TONE_STRONG : FPL_TONE_FAINT));
}

static const char *necessary_number(const fpli_maker *maker, const fpl_row *row)
{
    return row->necessary < 0 ? "" : fpli_level_number(maker, row->necessary);
}

static void show_row(const fpli_pair_maker *p, fpl_table *table,
                     const fpl_row_shift *shift, bool necessary)
{
    const fpl_roadmap *map = fpl_comparison_roadmap(p->view->comparison, FPL_OLD);
    const fpl_row *was = row_of(p, shift, FPL_OLD), *is = row_of(p, shift, FPL_NEW);
    const fpli_maker *a = &p->side[FPL_OLD], *b = &p->side[FPL_NEW];
    fpl_table_row(table);
    for (int i = 0; i < fpl_roadmap_n_drivers(map); i++)
        fpl_table_cell(
            table,
            fpl_value_text(a->document, fpli_variant_words(a, fpl_roadmap_drivers(map)[i],
                                                           was->drivers[i])));
    put_change(p, table, (shift->differs & FPL_ROW_DEFAULT) != 0,
               fpli_level_numbers(a, was->default_levels),
               fpli_level_numbers(b, is->default_levels));
    put_change(p, table, (shift->differs & FPL_ROW_POSSIBLE) != 0,
               fpli_level_marks(a, was->possible), fpli_level_marks(b, is->possible));
    if (necessary)
        put_change(p, table, (shift->differs & FPL_ROW_NECESSARY) != 0,
                   necessary_number(a, was), necessary_number(b, is));
}

static void show_rows(const fpli_pair_maker *p, fpl_section *section)
{
    const fpl_output_options *words = p->side[0].words;
    const fpl_comparison *c = p->view->comparison;
    const fpl_roadmap *map = fpl_comparison_roadmap(c, FPL_OLD);
    const size_t n = fpl_comparison_n_rows(c);
    bool necessary = false;
    for (size_t r = 0; r < n; r++)
        necessary = necessary || fpl_comparison_row(c, r)->differs & FPL_ROW_NECESSARY;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    for (int i = 0; i < fpl_roadmap_n_drivers(map); i++)
        fpl_table_column(
            table, NULL,
            fpli_descriptor_words(&p->side[FPL_OLD], fpl_roadmap_drivers(map)[i]),
            FPL_COLUMN_JOIN | FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("default")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("possible")), FPL_COLUMN_PLAIN);
    if (necessary)
        fpl_table_column(table, NULL, fpli_tr(words, N_("necessary")), FPL_COLUMN_PLAIN);
    for (size_t r = 0; r < n && r < SHOWN_ROWS; r++)
        show_row(p, table, fpl_comparison_row(c, r), necessary);
    if (n > SHOWN_ROWS) fpli_say_more(p, section, n - SHOWN_ROWS);
}

static const char *row_name(const fpli_pair_maker *p, const fpl_row_shift *shift)
{
    const fpl_roadmap *map = fpl_comparison_roadmap(p->view->comparison, FPL_OLD);
    const fpl_row *row = row_of(p, shift, FPL_OLD);
    const char *name = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(map); i++)
        name = fpli_textf(p->side[0].document, "%s%s%s", name, i > 0 ? ", " : "",
                          fpli_variant_words(&p->side[FPL_OLD],
                                             fpl_roadmap_drivers(map)[i],
                                             row->drivers[i]));
    return name;
}

/* "Succession parts at Level 1, Supply full, ...". */
static const char *scenario_name(const fpli_maker *maker, const uint16_t *z)
{
    const char *name = "";
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++)
        name = fpli_textf(maker->document, "%s%s%s %s", name, d > 0 ? ", " : "",
                          fpli_descriptor_words(maker, d),
                          fpli_variant_words(maker, d, z[d]));
    return name;
}

static void explain_row(const fpli_pair_maker *p, fpl_section *root,
                        const fpl_row_shift *shift)
{
    static const char *const levels[] = {N_("Level %s is lost, for example in: %s."),
                                         N_("Level %s is gained, for example in: %s.")};
    const fpl_output_options *words = p->side[0].words;
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_textf(p->side[0].document,
                                                      fpli_tr(words, N_("Row %s")),
                                                      row_name(p, shift)));
    if (shift->differs & FPL_ROW_DEFAULT && shift->causes.n > 0) {
        if (shift->parting != NULL)
            fpli_sayf(section, fpli_tr(words, N_("Default: successions part at %s.")),
                      scenario_name(&p->side[FPL_OLD], shift->parting));
        fpli_say_causes(p, section, shift->causes.items, shift->causes.n, -1);
    }
    for (int i = 0; i < shift->witnesses.n; i++) {
        const fpl_shift *w = &shift->witnesses.items[i];
        const fpli_maker *maker = &p->side[w->side];
        const int level = fpl_model_level(maker->model);
        fpli_sayf(section, fpli_tr(words, levels[w->side]),
                  fpli_level_number(maker, w->z[level]), scenario_name(maker, w->z));
        fpli_say_causes(p, section, w->causes.items, w->causes.n, w->side);
    }
}

static const char *const matches[] = {
    [FPL_ROADMAPS_MATCH] = "compared",
    [FPL_ROADMAPS_NOT_ASKED] = "not-asked",
    [FPL_ROADMAPS_NO_LEVEL] = "no-level",
    [FPL_ROADMAPS_OTHER_LEVEL] = "other-level",
    [FPL_ROADMAPS_OTHER_DRIVERS] = "other-drivers",
};
static const char *const mismatches[] = {
    [FPL_ROADMAPS_MATCH] = NULL,
    [FPL_ROADMAPS_NOT_ASKED] = NULL,
    [FPL_ROADMAPS_NO_LEVEL] = NULL,
    [FPL_ROADMAPS_OTHER_LEVEL] = N_(
        "The levels are different descriptors, so the roadmaps are not compared."),
    [FPL_ROADMAPS_OTHER_DRIVERS] = N_(
        "The roadmaps have different drivers, so their rows are not compared."),
};

static void add_lone_rows(const fpli_pair_maker *p, fpl_section *section)
{
    static const char *const keys[] = {"rows_only_before", "rows_only_after"};
    static const char *const labels[] = {N_("Rows only before"), N_("Rows only now")};
    for (int side = 0; side < 2; side++) {
        const size_t n = fpl_comparison_n_lone_rows(p->view->comparison, side);
        fpl_section_field(section, keys[side],
                          n == 0 ? NULL : fpli_tr(p->side[0].words, labels[side]),
                          fpl_value_int(p->side[0].document, (int64_t)n));
    }
}

void fpli_add_row_shifts(const fpli_pair_maker *p, fpl_section *root)
{
    const fpl_output_options *words = p->side[0].words;
    const fpl_comparison *c = p->view->comparison;
    const fpl_roadmap_match match = fpl_comparison_roadmaps(c);
    const size_t n = fpl_comparison_n_rows(c);
    const char *heading = fpli_tr(words, N_("Roadmap"));
    if (n > 0)
        heading = fpli_counted(p->side[0].document, words, n,
                               N_("%s row of the roadmap changes"),
                               N_("%s rows of the roadmap change"));
    const bool silent = match != FPL_ROADMAPS_MATCH && mismatches[match] == NULL;
    fpl_section *section = fpl_section_add(root, "roadmap", silent ? NULL : heading);
    fpl_section_field(section, "comparison", NULL,
                      fpl_value_text(p->side[0].document, matches[match]));
    add_lone_rows(p, section);
    list_rows(p, section);
    if (mismatches[match] != NULL)
        fpl_section_say(section, fpli_tr(words, mismatches[match]));
    if (n > 0) show_rows(p, section);
    if (n == 0 && match == FPL_ROADMAPS_MATCH)
        fpl_section_say(section, fpli_tr(words, N_("No row of the roadmap changes.")));
    for (size_t r = 0; p->why && r < n && r < ROWS_EXPLAINED; r++)
        explain_row(p, root, fpl_comparison_row(c, r));
    if (p->why && n > ROWS_EXPLAINED) fpli_say_more(p, root, n - ROWS_EXPLAINED);
}

/* ---- gates ---------------------------------------------------------------------------------- */

static const fpl_gate *gate_of(const fpli_pair_maker *p, const fpl_gate_shift *shift)
{
    const int side = shift->verdict[FPL_NEW] != NULL ? FPL_NEW : FPL_OLD;
    return &fpl_model_content(p->view->models[side])
                ->gates.items[shift->verdict[side]->gate];
}

static void list_gates(const fpli_pair_maker *p, fpl_section *root)
{
    static const char *const keys[] = {"id", "verdict_before", "verdict_after",
                                       "violations_before", "violations_after"};
    fpl_document *document = p->side[0].document;
    fpl_table *table = fpl_section_table(root, "gates", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t g = 0; g < fpl_comparison_n_gates(p->view->comparison); g++) {
        const fpl_gate_shift *shift = fpl_comparison_gate(p->view->comparison, g);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(document, gate_of(p, shift)->id));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(
                table, shift->verdict[s] == NULL
                           ? fpl_value_null(document)
                           : fpl_value_text(document, fpli_gate_answer_word(
                                                          shift->verdict[s]->answer)));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(
                table,
                shift->verdict[s] == NULL
                    ? fpl_value_null(document)
                    : fpl_value_int(document, (int64_t)shift->verdict[s]->n_violations));
    }
}

static const char *verdict_words(const fpli_pair_maker *p, const fpl_gate_shift *shift,
                                 int side)
{
    const fpl_gate_verdict *verdict = shift->verdict[side];
    if (verdict == NULL) return fpli_tr(p->side[0].words, N_("not stated"));
    return fpli_gate_answer_name(&p->side[side], verdict->answer);
}

void fpli_add_gate_shifts(const fpli_pair_maker *p, fpl_section *root)
{
    const fpl_output_options *words = p->side[0].words;
    const size_t n = fpl_comparison_n_gates(p->view->comparison);
    fpl_document *document = p->side[0].document;
    list_gates(p, root);
    if (n == 0) return;
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_counted(document, words, n, N_("%s verdict on a gate changes"),
                     N_("%s verdicts on gates change")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Gate")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("before")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("now")), FPL_COLUMN_PLAIN);
    for (size_t g = 0; g < n; g++) {
        const fpl_gate_shift *shift = fpl_comparison_gate(p->view->comparison, g);
        const fpl_gate *gate = gate_of(p, shift);
        const char *when = gate->when.text != NULL
                               ? gate->when.text
                               : fpl_text_in(&gate->name, fpli_language(words));
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(document, fpli_textf(document, "%s: %s",
                                                                  gate->id, when)));
        for (int s = 0; s < 2; s++)
            fpl_table_cell(table, fpl_value_text(document, verdict_words(p, shift, s)));
    }
}
