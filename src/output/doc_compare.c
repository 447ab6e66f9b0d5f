/* Two models side by side: changes of the model, then scenarios, rows and gates whose answer differs. */
#include "output/doc_compare.h"

enum { SHOWN_WHY = 10, SHOWN_IN_TABLEAU = 24 };

static const char *const lost_gained[] = {"lost", "gained"};

/* ---- scenarios ------------------------------------------------------------------------------ */

static void list_shifts(const fpli_pair_maker *p, fpl_section *root)
{
    static const char *const keys[] = {"change", "index", "variants", "causes"};
    fpl_document *document = p->side[0].document;
    fpl_table *table = fpl_section_table(root, "shifts", NULL);
    if (p->why) fpl_table_prefer(table);
    for (int i = 0; i < 4; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < fpl_comparison_n_shifts(p->view->comparison, side); i++) {
            const fpl_shift *shift = fpl_comparison_shift(p->view->comparison, side, i);
            fpl_table_row(table);
            fpl_table_cell(table, fpl_value_text(document, lost_gained[side]));
            fpl_table_cell(table, fpli_scenario_index(&p->side[side], shift->z));
            fpl_table_cell(table, fpli_scenario_variants(&p->side[side], shift->z));
            fpl_table_cell(table,
                           fpli_causes(p, shift->causes.items, shift->causes.n, side));
        }
}

static void show_tableau(const fpli_pair_maker *p, fpl_section *section, int side,
                         size_t n)
{
    const fpli_maker *maker = &p->side[side];
    fpl_table *table = fpli_tableau(maker, section, N_("Scenario"), n);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (size_t i = 0; i < n; i++) {
            const fpl_shift *shift = fpl_comparison_shift(p->view->comparison, side, i);
            fpl_value *cell = fpl_value_text(maker->document,
                                             fpli_variant_words(maker, d, shift->z[d]));
            if (d == fpl_model_level(maker->model)) fpl_value_tone(cell, FPL_TONE_STRONG);
            fpl_table_cell(table, cell);
        }
    }
}

void fpli_say_more(const fpli_pair_maker *p, fpl_section *section, size_t n)
{
    fpl_section_say(section, fpli_counted(p->side[0].document, p->side[0].words, n,
                                          N_("%s more: --format json lists it."),
                                          N_("%s more: --format json lists them.")));
}

static void show_shifts(const fpli_pair_maker *p, fpl_section *root, int side)
{
    static const char *const headings[][2] = {
        {N_("%s scenario lost"), N_("%s scenarios lost")},
        {N_("%s scenario gained"), N_("%s scenarios gained")}};
    static const char *const numbers[] = {N_("Why %zu was lost"),
                                          N_("Why %zu was gained")};
    const fpl_output_options *words = p->side[0].words;
    fpl_document *document = p->side[0].document;
    const size_t n = fpl_comparison_n_shifts(p->view->comparison, side);
    if (n == 0) return;
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_counted(document, words, n, headings[side][0], headings[side][1]));
    const size_t shown = n < SHOWN_IN_TABLEAU ? n : SHOWN_IN_TABLEAU;
    show_tableau(p, section, side, shown);
    if (n > shown) fpli_say_more(p, section, n - shown);
    for (size_t i = 0; p->why && i < n && i < SHOWN_WHY; i++) {
        const fpl_shift *shift = fpl_comparison_shift(p->view->comparison, side, i);
        const char *heading = fpli_textf(document, fpli_tr(words, numbers[side]), i + 1);
        fpli_say_causes(p, fpl_section_add(root, NULL, heading), shift->causes.items,
                        shift->causes.n, side);
    }
    if (p->why && n > SHOWN_WHY) fpli_say_more(p, root, n - SHOWN_WHY);
}

void fpli_add_shifts(const fpli_pair_maker *p, fpl_section *root)
{
    const fpl_output_options *words = p->side[0].words;
    const fpl_comparison *c = p->view->comparison;
    static const char *const keys[] = {"scenarios_before", "scenarios_after"};
    static const char *const labels[] = {N_("Scenarios before"), N_("Scenarios now")};
    for (int side = 0; side < 2; side++)
        fpl_section_field(
            root, keys[side], fpli_tr(words, labels[side]),
            fpl_value_int(p->side[0].document,
                          (int64_t)fpl_scenarios_n(fpl_comparison_scenarios(c, side))));
    list_shifts(p, root);
    if (fpl_comparison_n_shifts(c, FPL_OLD) + fpl_comparison_n_shifts(c, FPL_NEW) == 0)
        fpl_section_say(root, fpli_tr(words, N_("No scenario is lost or gained.")));
    for (int side = 0; side < 2; side++) show_shifts(p, root, side);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void add_models(const fpli_pair_maker *p, fpl_section *root)
{
    static const char *const keys[] = {"old", "new"};
    fpl_document *document = p->side[0].document;
    for (int side = 0; side < 2; side++) {
        const fpl_comparison_view *view = p->view;
        fpl_value *map = fpl_value_map(document);
        fpl_value_set(map, "file",
                      fpl_value_text(document, fpl_model_file(view->models[side])));
        fpl_value_set(map, "digest",
                      fpl_value_text(document, fpl_model_digest(view->models[side])));
        fpl_value_set(map, "held",
                      fpli_fixings(&p->side[side], view->held[side], view->n_held[side]));
        fpl_section_field(root, keys[side], NULL, map);
    }
}

/* "Held now: Confrontation: easing". */
static void say_held(const fpli_pair_maker *p, fpl_section *root)
{
    static const char *const labels[] = {N_("Held before"), N_("Held now")};
    for (int side = 0; side < 2; side++) {
        const fpli_maker *maker = &p->side[side];
        const char *names = "";
        for (int i = 0; i < p->view->n_held[side]; i++) {
            const fpl_fixing held = p->view->held[side][i];
            names = fpli_textf(maker->document, "%s%s%s: %s", names, i > 0 ? ", " : "",
                               fpli_descriptor_words(maker, held.descriptor),
                               fpli_variant_words(maker, held.descriptor, held.variant));
        }
        if (*names != '\0')
            fpl_section_field(root, NULL, fpli_tr(maker->words, labels[side]),
                              fpl_value_text(maker->document, names));
    }
}

static fpl_status make(const char *kind, bool why, const fpl_comparison_view *view,
                       const fpl_output_options *words, fpl_document **document,
                       fpl_error *error)
{
    fpli_pair_maker p = {.view = view, .why = why};
    fpl_status status = fpli_begin(&p.side[FPL_OLD], kind, view->models[FPL_OLD], words,
                                   error);
    if (status != FPL_OK) return status;
    p.side[FPL_NEW] = p.side[FPL_OLD];
    p.side[FPL_NEW].model = view->models[FPL_NEW];
    fpl_section *root = fpl_document_root(p.side[0].document);
    const fpl_comparison *c = view->comparison;
    const bool differs = fpl_difference_n(view->difference) > 0;
    add_models(&p, root);
    fpl_section_field(root, "model_differs", NULL,
                      fpl_value_bool(p.side[0].document, differs));
    fpl_section_field(
        root, "answers_differ", NULL,
        c == NULL ? fpl_value_null(p.side[0].document)
                  : fpl_value_bool(p.side[0].document, fpl_comparison_differs(c)));
    fpli_add_changes(&p, fpl_section_add(root, NULL, NULL));
    if (c != NULL) {
        say_held(&p, root);
        fpli_stopped(&p.side[0], fpl_comparison_stop(c));
        fpli_add_shifts(&p, root);
        fpli_add_row_shifts(&p, root);
        fpli_add_gate_shifts(&p, root);
    }
    return fpli_finish(&p.side[FPL_OLD], document, error);
}

fpl_status fpl_result_diff(const fpl_comparison_view *view,
                           const fpl_output_options *words, fpl_document **document,
                           fpl_error *error)
{
    return make("fahrplan-diff", false, view, words, document, error);
}

fpl_status fpl_result_whatif(const fpl_comparison_view *view,
                             const fpl_output_options *words, fpl_document **document,
                             fpl_error *error)
{
    return make("fahrplan-whatif", true, view, words, document, error);
}
