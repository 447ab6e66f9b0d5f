/* The result of the command gates: verdicts on stated gates, and the gates that follow from the rows. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

#include <string.h>

static const char *const openings[] = {[FPL_OPENS_POSSIBLY] = "possible",
                                       [FPL_OPENS_NECESSARILY] = "necessary",
                                       [FPL_OPENS_BY_DEFAULT] = "default"};

typedef struct page {
    fpli_maker maker;
    const fpl_gates_view *view;
} page;

static size_t n_drivers(const page *p)
{
    return (size_t)fpl_roadmap_n_drivers(p->view->roadmap);
}

/* ---- for programs --------------------------------------------------------------------------- */

static const char *when_of(const page *p, const fpl_derived_gate *gate, bool necessary)
{
    const char *when = fpli_sets_formula(&p->maker, p->view->roadmap, gate->variants,
                                         necessary ? "or" : "and");
    if (*when != '\0') return when;
    return necessary ? "false" : "true";
}

static fpl_value *gate_list(const page *p, const fpl_derived_gates *gates, bool necessary)
{
    fpl_document *document = p->maker.document;
    fpl_value *list = fpl_value_list(document);
    const int n = necessary ? fpl_derived_gates_n_necessary(gates)
                            : fpl_derived_gates_n_sufficient(gates);
    for (int g = 0; g < n; g++) {
        const fpl_derived_gate *gate = necessary ? fpl_derived_gates_necessary(gates, g)
                                                 : fpl_derived_gates_sufficient(gates, g);
        fpl_value *map = fpl_value_map(document), *drivers = fpl_value_map(document);
        for (size_t i = 0; i < n_drivers(p); i++) {
            const int d = fpl_roadmap_drivers(p->view->roadmap)[i];
            const int named = __builtin_popcountll(gate->variants[i]);
            if (named == 0 || named == fpl_model_n_variants(p->maker.model, d)) continue;
            fpl_value_set(drivers, fpli_descriptor_id(&p->maker, d),
                          fpli_variant_list(&p->maker, d, gate->variants[i]));
        }
        fpl_value_set(map, "when", fpl_value_text(document, when_of(p, gate, necessary)));
        fpl_value_set(map, "drivers", drivers);
        fpl_value_set(map, "rows", fpl_value_int(document, (int64_t)gate->n_rows));
        fpl_value_append(list, map);
    }
    return list;
}

static fpl_value *way_list(const page *p, const fpl_derived_gates *gates)
{
    fpl_value *list = fpl_value_list(p->maker.document);
    const int distance = fpl_derived_gates_distance(gates);
    for (int i = 0; i <= distance; i++)
        fpl_value_append(
            list, fpli_row_setting(&p->maker, p->view->roadmap,
                                   fpl_roadmap_row(p->view->roadmap,
                                                   fpl_derived_gates_way(gates)[i])));
    return list;
}

static void list_derived(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"levels",    "measure",  "opening",
                                       "open",      "counted",  "sufficient",
                                       "necessary", "distance", "way"};
    fpl_document *document = p->maker.document;
    const fpl_content *content = fpl_model_content(p->maker.model);
    fpl_table *table = fpl_section_table(root, "derived", NULL);
    for (int i = 0; i < 9; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int a = 0; a < p->view->n_derived; a++) {
        const fpl_gate_aim *aim = &p->view->aims[a];
        const fpl_derived_gates *gates = p->view->derived[a];
        const int distance = fpl_derived_gates_distance(gates);
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpli_level_list(&p->maker, aim->measure < 0 ? aim->levels : 0));
        fpl_table_cell(
            table,
            aim->measure < 0
                ? fpl_value_null(document)
                : fpl_value_text(document, content->measures.items[aim->measure].id));
        fpl_table_cell(table, fpl_value_text(document, openings[aim->opening]));
        fpl_table_cell(table,
                       fpl_value_int(document, (int64_t)fpl_derived_gates_n_open(gates)));
        fpl_table_cell(
            table, fpl_value_int(document, (int64_t)fpl_derived_gates_n_counted(gates)));
        fpl_table_cell(table, gate_list(p, gates, false));
        fpl_table_cell(table, gate_list(p, gates, true));
        fpl_table_cell(table, distance < 0 ? fpl_value_null(document)
                                           : fpl_value_int(document, distance));
        fpl_table_cell(table, way_list(p, gates));
    }
}

/* The same with one line a condition: for CSV. */
static void list_conditions(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"levels", "measure", "opening",
                                       "kind",   "when",    "rows"};
    fpl_document *document = p->maker.document;
    const fpl_content *content = fpl_model_content(p->maker.model);
    fpl_table *table = fpl_section_table(root, "conditions", NULL);
    fpl_table_prefer(table);
    for (int i = 0; i < 6; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int a = 0; a < p->view->n_derived; a++) {
        const fpl_gate_aim *aim = &p->view->aims[a];
        const fpl_derived_gates *gates = p->view->derived[a];
        const int n_sufficient = fpl_derived_gates_n_sufficient(gates);
        const int n = n_sufficient + fpl_derived_gates_n_necessary(gates);
        for (int g = 0; g < n; g++) {
            const bool necessary = g >= n_sufficient;
            const fpl_derived_gate *gate = necessary
                                               ? fpl_derived_gates_necessary(
                                                     gates, g - n_sufficient)
                                               : fpl_derived_gates_sufficient(gates, g);
            fpl_table_row(table);
            fpl_table_cell(
                table, fpli_level_list(&p->maker, aim->measure < 0 ? aim->levels : 0));
            fpl_table_cell(
                table,
                aim->measure < 0
                    ? fpl_value_null(document)
                    : fpl_value_text(document, content->measures.items[aim->measure].id));
            fpl_table_cell(table, fpl_value_text(document, openings[aim->opening]));
            fpl_table_cell(
                table, fpl_value_text(document, necessary ? "necessary" : "sufficient"));
            fpl_table_cell(table, fpl_value_text(document, when_of(p, gate, necessary)));
            fpl_table_cell(table, fpl_value_int(document, (int64_t)gate->n_rows));
        }
    }
}

/* ---- for people ----------------------------------------------------------------------------- */

static bool same_list(const page *p, const fpl_derived_gates *a,
                      const fpl_derived_gates *b)
{
    const int n = fpl_derived_gates_n_sufficient(a);
    if (n != fpl_derived_gates_n_sufficient(b) ||
        fpl_derived_gates_n_open(a) != fpl_derived_gates_n_open(b))
        return false;
    for (int g = 0; g < n; g++)
        if (memcmp(fpl_derived_gates_sufficient(a, g)->variants,
                   fpl_derived_gates_sufficient(b, g)->variants,
                   n_drivers(p) * sizeof(uint64_t)) != 0)
            return false;
    return true;
}

/* "Level 4", "m28 Surplus munitions for Russia", "m01, m03, m04": aims with the same gates. */
static const char *aim_words(const page *p, int first)
{
    fpl_document *document = p->maker.document;
    const fpl_content *content = fpl_model_content(p->maker.model);
    const fpl_gate_aim *aim = &p->view->aims[first];
    const char *text = "";
    int n = 0;
    if (aim->measure < 0)
        return fpli_textf(
            document, "%s %s",
            fpli_descriptor_words(&p->maker, fpl_model_level(p->maker.model)),
            fpli_level_numbers(&p->maker, aim->levels));
    for (int a = first; a < p->view->n_derived; a++) {
        if (p->view->aims[a].measure < 0 ||
            !same_list(p, p->view->derived[first], p->view->derived[a]))
            continue;
        text = fpli_textf(document, "%s%s%s", text, n++ == 0 ? "" : ", ",
                          content->measures.items[p->view->aims[a].measure].id);
    }
    if (n > 1) return text;
    return fpli_textf(document, "%s %s", text,
                      fpl_text_in(&content->measures.items[aim->measure].name,
                                  fpli_language(p->maker.words)));
}

static bool was_shown(const page *p, int index)
{
    if (p->view->aims[index].measure < 0) return false;
    for (int a = 0; a < index; a++)
        if (p->view->aims[a].measure >= 0 &&
            same_list(p, p->view->derived[a], p->view->derived[index]))
            return true;
    return false;
}

static const char *opening_format(const page *p, const fpl_gate_aim *aim)
{
    const fpl_output_options *words = p->maker.words;
    switch (aim->opening) {
    case FPL_OPENS_NECESSARILY: return fpli_tr(words, N_("necessary in %s of %s"));
    case FPL_OPENS_BY_DEFAULT: return fpli_tr(words, N_("the default in %s of %s"));
    default: return fpli_tr(words, N_("possible in %s of %s"));
    }
}

/* "Borders emergency, Confrontation easing": what differs from one row of the way to the next. */
static const char *way_words(const page *p, const fpl_derived_gates *gates)
{
    const fpl_roadmap *roadmap = p->view->roadmap;
    const char *text = "";
    for (int s = 1; s <= fpl_derived_gates_distance(gates); s++) {
        const fpl_row *now = fpl_roadmap_row(roadmap, fpl_derived_gates_way(gates)[s]);
        const fpl_row *past = fpl_roadmap_row(roadmap,
                                              fpl_derived_gates_way(gates)[s - 1]);
        for (size_t i = 0; i < n_drivers(p); i++) {
            if (now->drivers[i] == past->drivers[i]) continue;
            const int d = fpl_roadmap_drivers(roadmap)[i];
            text = fpli_textf(p->maker.document, "%s%s%s %s", text, s > 1 ? ", " : "",
                              fpli_descriptor_words(&p->maker, d),
                              fpli_variant_words(&p->maker, d, now->drivers[i]));
        }
    }
    return text;
}

static void say_distance(const page *p, fpl_section *section,
                         const fpl_derived_gates *gates)
{
    const fpl_output_options *words = p->maker.words;
    const int distance = fpl_derived_gates_distance(gates);
    if (distance == 0)
        fpl_section_say(section, fpli_tr(words, N_("Open in the present row.")));
    if (distance > 0)
        fpli_sayf(section, "%s: %s.",
                  fpli_counted(p->maker.document, words, (uint64_t)distance,
                               N_("%s move from the present row"),
                               N_("%s moves from the present row")),
                  way_words(p, gates));
}

static void show_list(const page *p, fpl_table *table, const fpl_derived_gates *gates,
                      bool necessary)
{
    fpl_document *document = p->maker.document;
    const char *kind = necessary ? fpli_tr(p->maker.words, N_("necessary"))
                                 : fpli_tr(p->maker.words, N_("sufficient"));
    const int n = necessary ? fpl_derived_gates_n_necessary(gates)
                            : fpl_derived_gates_n_sufficient(gates);
    for (int g = 0; g < n; g++) {
        const fpl_derived_gate *gate = necessary ? fpl_derived_gates_necessary(gates, g)
                                                 : fpl_derived_gates_sufficient(gates, g);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(document, kind));
        fpl_table_cell(
            table, fpl_value_text(document, fpli_sets_formula(&p->maker, p->view->roadmap,
                                                              gate->variants,
                                                              necessary ? "or" : "and")));
        fpl_table_cell(table, fpl_value_int(document, (int64_t)gate->n_rows));
    }
}

static void show_aim(const page *p, fpl_section *root, int index)
{
    const fpl_output_options *words = p->maker.words;
    fpl_document *document = p->maker.document;
    const fpl_derived_gates *gates = p->view->derived[index];
    const size_t open = fpl_derived_gates_n_open(gates);
    const size_t counted = fpl_derived_gates_n_counted(gates);
    const char *of = fpli_counted(document, words, counted, N_("%s row"), N_("%s rows"));
    const char *share = fpli_textf(document, opening_format(p, &p->view->aims[index]),
                                   fpli_number_words(document, words, open), of);
    fpl_section *section = fpl_section_add(
        root, NULL, fpli_textf(document, "%s: %s", aim_words(p, index), share));
    if (open == 0 || open == counted) {
        fpl_section_say(section, open == 0 ? fpli_tr(words, N_("In no row."))
                                           : fpli_tr(words, N_("In every row.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("kind")), FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("when")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("rows")), FPL_COLUMN_RIGHT);
    show_list(p, table, gates, false);
    show_list(p, table, gates, true);
    say_distance(p, section, gates);
}

/* The first violation leads to its witness, and that to reasons and sources. */
static void point_to_witness(const page *p, fpl_section *root)
{
    for (int g = 0; g < fpl_gate_verdicts_n(p->view->verdicts); g++) {
        const fpl_gate_verdict *v = fpl_gate_verdicts_get(p->view->verdicts, g);
        if (v->witness == NULL) continue;
        const char *id = fpl_model_content(p->maker.model)->gates.items[v->gate].id;
        fpl_section_next(root,
                         fpli_command(&p->maker, "explain",
                                      fpli_textf(p->maker.document, "--scenario %s",
                                                 fpli_settings(&p->maker, v->witness))),
                         fpli_textf(p->maker.document,
                                    fpli_tr(p->maker.words,
                                            N_("Why the first row that violates gate %s "
                                               "is as it is")),
                                    id));
        return;
    }
}

fpl_status fpl_result_gates(const fpl_model *model, const fpl_gates_view *view,
                            const fpl_output_options *words, fpl_document **document,
                            fpl_error *error)
{
    page p = {.view = view};
    fpl_status status = fpli_begin(&p.maker, "fahrplan-gates", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(p.maker.document);
    fpli_stopped(&p.maker, fpl_roadmap_stop(view->roadmap));
    if (fpl_gate_verdicts_n(view->verdicts) > 0)
        fpli_add_gates(&p.maker,
                       fpl_section_add(root, "stated",
                                       fpli_tr(words, N_("Gates that the model states"))),
                       view->roadmap, view->verdicts);
    list_derived(&p, root);
    list_conditions(&p, root);
    for (int a = 0; a < view->n_derived; a++)
        if (!was_shown(&p, a)) show_aim(&p, root, a);
    fpl_section_say(root,
                    fpli_tr(words, N_("Sufficient: where it holds, the row is open. "
                                      "Necessary: where it does not hold, no row is "
                                      "open. Rows: how many satisfy it.")));
    point_to_witness(&p, root);
    return fpli_finish(&p.maker, document, error);
}
