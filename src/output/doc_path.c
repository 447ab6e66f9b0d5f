/* Chains of events: what is one move away, how far the levels are, what cannot be undone. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

#include <string.h>

enum { ROWS_SHOWN = 30 };

typedef struct page {
    fpli_maker maker;
    const fpl_path_view *view;
    const fpl_roadmap *roadmap;
    const fpl_graph *graph;
} page;

static const fpl_graph *graph_of(const page *p)
{
    return p->graph;
}

static const uint16_t *first_of(const page *p, uint32_t situation)
{
    return fpl_graph_get(graph_of(p), situation).members;
}

/* ---- for programs --------------------------------------------------------------------------- */

static void list_situations(const page *p, fpl_section *root)
{
    fpl_document *document = p->maker.document;
    fpl_table *table = fpl_section_table(root, "situations", NULL);
    fpl_table_column(table, "row", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "levels", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "members", NULL, FPL_COLUMN_HIDDEN);
    const size_t n = (size_t)fpl_model_n_descriptors(p->maker.model);
    for (size_t s = 0; s < fpl_graph_n(graph_of(p)); s++) {
        const fpl_situation at = fpl_graph_get(graph_of(p), s);
        fpl_value *members = fpl_value_list(document);
        for (size_t i = 0; i < at.length; i++)
            fpl_value_append(members, fpli_scenario_index(&p->maker, at.members + i * n));
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(document, (int64_t)at.row));
        fpl_table_cell(table, fpli_level_list(&p->maker, at.levels));
        fpl_table_cell(table, members);
    }
}

static void list_moves(const page *p, fpl_section *root)
{
    static const char *const keys[] = {"from", "to",      "driver",   "variant",
                                       "back", "ratchet", "no_return"};
    fpl_document *document = p->maker.document;
    fpl_table *table = fpl_section_table(root, "moves", NULL);
    fpl_table_prefer(table);
    for (int i = 0; i < 7; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t m = 0; m < fpl_graph_n_moves(graph_of(p)); m++) {
        const fpl_graph_move *move = fpl_graph_get_move(graph_of(p), m);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(document, move->from));
        fpl_table_cell(table, fpl_value_int(document, move->to));
        fpl_table_cell(
            table, fpl_value_text(document, fpli_descriptor_id(&p->maker, move->driver)));
        fpl_table_cell(table,
                       fpl_value_text(document, fpli_variant_id(&p->maker, move->driver,
                                                                move->variant)));
        fpl_table_cell(table, fpl_value_int(document, move->back));
        fpl_table_cell(table, fpl_value_bool(document, move->is_ratchet));
        fpl_table_cell(table, fpl_value_bool(document, move->is_no_return));
    }
}

static void list_chains(const page *p, fpl_section *root)
{
    fpl_document *document = p->maker.document;
    const fpl_chains *chains = p->view->chains;
    fpl_value *all = fpl_value_list(document);
    for (size_t c = 0; c < fpl_chains_n(chains); c++) {
        fpl_value *chain = fpl_value_list(document);
        for (int i = 0; i < fpl_chains_length(chains); i++)
            fpl_value_append(
                chain, fpl_value_int(document, (int64_t)fpl_chains_get(chains, c)[i]));
        fpl_value_append(all, chain);
    }
    const int length = fpl_chains_length(chains);
    fpl_section_field(root, "to", NULL, fpl_value_text(document, p->view->goal));
    fpl_section_field(root, "length", NULL,
                      length < 0 ? fpl_value_null(document)
                                 : fpl_value_int(document, length));
    fpl_section_field(root, "count", NULL,
                      fpl_value_count(document, fpl_chains_count(chains)));
    fpl_section_field(root, "chains", NULL, all);
}

/* ---- what a move brings --------------------------------------------------------------------- */

static const char *move_words(const page *p, const fpl_graph_move *move)
{
    return fpli_textf(p->maker.document, "%s %s",
                      fpli_descriptor_words(&p->maker, move->driver),
                      fpli_variant_words(&p->maker, move->driver, move->variant));
}

/* "Seoul lethal, Bloc hardened": what else is different after the move. */
static const char *change_words(const page *p, const fpl_graph_move *move)
{
    const uint16_t *past = first_of(p, move->from), *now = first_of(p, move->to);
    const int level = fpl_model_level(p->maker.model);
    const char *text = "";
    for (int d = 0; d < fpl_model_n_descriptors(p->maker.model); d++) {
        if (d == move->driver || d == level || past[d] == now[d]) continue;
        text = fpli_textf(p->maker.document, "%s%s%s %s", text, *text == '\0' ? "" : ", ",
                          fpli_descriptor_words(&p->maker, d),
                          fpli_variant_words(&p->maker, d, now[d]));
    }
    return text;
}

/* "+m17 +m18 -m10": measures that are admissible after the move and were not before, or the reverse. */
static const char *measure_words(const page *p, const fpl_graph_move *move)
{
    const fpl_content *content = fpl_model_content(p->maker.model);
    const uint16_t *past = first_of(p, move->from), *now = first_of(p, move->to);
    const bool ascii = p->maker.words != NULL && p->maker.words->ascii;
    const char *text = "";
    for (int m = 0; m < content->measures.n; m++) {
        const bool before = fpl_measure_admission(p->maker.model, m, past) ==
                            FPL_ADMISSIBLE;
        const bool after = fpl_measure_admission(p->maker.model, m, now) ==
                           FPL_ADMISSIBLE;
        if (before == after) continue;
        text = fpli_textf(p->maker.document, "%s%s%s%s", text, *text == '\0' ? "" : " ",
                          after   ? "+"
                          : ascii ? "-"
                                  : "\xE2\x88\x92",
                          content->measures.items[m].id);
    }
    return text;
}

static const char *way_back_words(const page *p, const fpl_graph_move *move)
{
    const fpl_output_options *words = p->maker.words;
    if (move->from == move->to || move->back == move->from)
        return fpli_tr(words, N_("yes"));
    if (move->is_no_return) return fpli_tr(words, N_("never"));
    if (move->is_ratchet)
        return fpli_textf(
            p->maker.document, fpli_tr(words, N_("no: level %s")),
            fpli_level_numbers(&p->maker, fpl_graph_get(graph_of(p), move->back).levels));
    return fpli_tr(words, N_("the level only"));
}

static void put(const page *p, fpl_table *table, const char *text, fpl_tone tone)
{
    fpl_table_cell(table, fpl_value_tone(fpl_value_text(p->maker.document, text), tone));
}

static void add_move_columns(const page *p, fpl_table *table, const char *heading)
{
    const fpl_output_options *words = p->maker.words;
    fpl_table_column(table, NULL, heading, FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("level")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("what follows")), FPL_COLUMN_WRAP);
    if (fpl_model_content(p->maker.model)->measures.n > 0)
        fpl_table_column(table, NULL, fpli_tr(words, N_("measures")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("back")), FPL_COLUMN_PLAIN);
}

static void show_move(const page *p, fpl_table *table, const fpl_graph_move *move)
{
    const fpl_level_set before = fpl_graph_get(graph_of(p), move->from).levels;
    const fpl_level_set after = fpl_graph_get(graph_of(p), move->to).levels;
    fpl_table_row(table);
    put(p, table, move_words(p, move), FPL_TONE_PLAIN);
    put(p, table, fpli_level_numbers(&p->maker, after),
        before == after ? FPL_TONE_PLAIN : FPL_TONE_STRONG);
    put(p, table, change_words(p, move), FPL_TONE_PLAIN);
    if (fpl_model_content(p->maker.model)->measures.n > 0)
        put(p, table, measure_words(p, move), FPL_TONE_PLAIN);
    put(p, table, way_back_words(p, move),
        move->is_ratchet || move->is_no_return ? FPL_TONE_ALERT : FPL_TONE_PLAIN);
}

/* ---- for people ----------------------------------------------------------------------------- */

static const char *row_words(const page *p, uint32_t situation)
{
    const fpl_roadmap *roadmap = p->roadmap;
    const uint16_t *z = first_of(p, situation);
    const char *text = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int d = fpl_roadmap_drivers(roadmap)[i];
        text = fpli_textf(p->maker.document, "%s%s%s", text, i > 0 ? ", " : "",
                          fpli_variant_words(&p->maker, d, z[d]));
    }
    return text;
}

static void add_moves(const page *p, fpl_section *section)
{
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    add_move_columns(p, table, fpli_tr(p->maker.words, N_("One move away")));
    for (size_t m = 0; m < fpl_graph_first_move(graph_of(p), 1); m++)
        show_move(p, table, fpl_graph_get_move(graph_of(p), m));
}

static const char *present_words(const page *p)
{
    return fpli_textf(
        p->maker.document, fpli_tr(p->maker.words, N_("The present: %s; level %s")),
        row_words(p, 0),
        fpli_level_numbers(&p->maker, fpl_graph_get(graph_of(p), 0).levels));
}

void fpli_add_present(const fpli_maker *maker, fpl_section *parent,
                      const fpl_roadmap *roadmap, const fpl_graph *graph)
{
    const page p = {.maker = *maker, .roadmap = roadmap, .graph = graph};
    add_moves(&p, fpl_section_add(parent, NULL, present_words(&p)));
}

static void show_present(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    fpl_section *section = fpl_section_add(root, NULL, present_words(p));
    add_moves(p, section);
    fpl_section_say(
        section,
        fpli_tr(words,
                N_("Back: whether the reverse move restores the situation; the level "
                   "only: the rest stays different; never: no chain of moves leads "
                   "back.")));
}

static void show_chain(const page *p, fpl_section *parent, size_t index)
{
    const fpl_output_options *words = p->maker.words;
    const fpl_chains *chains = p->view->chains;
    fpl_section *section = fpl_section_add(
        parent, NULL,
        fpli_textf(p->maker.document, fpli_tr(words, N_("Chain %zu")), index + 1));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    add_move_columns(p, table, fpli_tr(words, N_("Move")));
    for (int i = 0; i < fpl_chains_length(chains); i++)
        show_move(p, table,
                  fpl_graph_get_move(graph_of(p), fpl_chains_get(chains, index)[i]));
}

/* The last move of a chain is the one that brings the goal: its trace has the reasons. */
static void point_to_trace(const page *p, fpl_section *root)
{
    const fpl_chains *chains = p->view->chains;
    const int length = fpl_chains_length(chains);
    if (length < 1 || fpl_chains_n(chains) == 0) return;
    const fpl_graph_move *last = fpl_graph_get_move(
        graph_of(p), fpl_chains_get(chains, 0)[length - 1]);
    const uint16_t *after = first_of(p, last->to);
    const char *from = fpli_settings(&p->maker, first_of(p, last->from)), *held = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(p->roadmap); i++) {
        const int d = fpl_roadmap_drivers(p->roadmap)[i];
        held = fpli_textf(p->maker.document, "%s%s%s=%s", held, i > 0 ? "," : "",
                          fpli_descriptor_id(&p->maker, d),
                          fpli_variant_id(&p->maker, d, after[d]));
    }
    fpl_section_next(root,
                     fpli_command(&p->maker, "trace",
                                  fpli_textf(p->maker.document, "%s%s%s--hold %s",
                                             *from == '\0' ? "" : "--from ", from,
                                             *from == '\0' ? "" : " ", held)),
                     fpli_tr(p->maker.words,
                             N_("Why the last move of chain 1 brings what it brings")));
}

static void show_chains(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const fpl_chains *chains = p->view->chains;
    const int length = fpl_chains_length(chains);
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_textf(p->maker.document,
                                                      fpli_tr(words, N_("The way to %s")),
                                                      p->view->goal));
    if (length < 0) {
        fpl_section_say(section,
                        fpli_tr(words, N_("No chain of moves leads there from the "
                                          "present.")));
        return;
    }
    if (length == 0) {
        fpl_section_say(section, fpli_tr(words, N_("It holds in the present.")));
        return;
    }
    const char *number = fpli_count_words(p->maker.document, words,
                                          fpl_chains_count(chains));
    fpli_sayf(section,
              fpli_tr_counted(words, number, N_("%s chain of %d moves; no shorter one."),
                              N_("%s chains of %d moves; no shorter one.")),
              number, length);
    for (size_t c = 0; c < fpl_chains_n(chains); c++) show_chain(p, section, c);
    point_to_trace(p, root);
}

/* The situation that has a level with the fewest moves: breadth first, as it is numbered, when all are
 * reached from the present. */
static void show_levels(const page *p, fpl_section *root)
{
    const fpl_output_options *words = p->maker.words;
    const int level = fpl_model_level(p->maker.model);
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_tr(words, N_("How far each level is")));
    for (int k = 0; k < fpl_model_n_variants(p->maker.model, level); k++) {
        const int moves = p->view->moves_to_level[k];
        const char *number = fpli_level_number(&p->maker, k);
        if (moves < 0)
            fpli_sayf(section,
                      fpli_tr(words, N_("Level %s: no chain of moves settles "
                                        "there.")),
                      number);
        else
            fpli_sayf(section, fpli_tr(words, N_("Level %s: %s.")), number,
                      fpli_counted(p->maker.document, words, (uint64_t)moves,
                                   N_("%s move"), N_("%s moves")));
    }
}

static void show_locked(const page *p, fpl_section *root, bool no_return)
{
    const fpl_output_options *words = p->maker.words;
    size_t n = 0;
    for (size_t m = 0; m < fpl_graph_n_moves(graph_of(p)); m++) {
        const fpl_graph_move *move = fpl_graph_get_move(graph_of(p), m);
        n += no_return ? move->is_no_return : move->is_ratchet;
    }
    const char *heading =
        no_return
            ? fpli_tr(words, N_("Points of no return: no chain of moves leads back"))
            : fpli_tr(words, N_("Ratchets: the reverse move does not restore the "
                                "level"));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    if (n == 0) {
        fpl_section_say(section, fpli_tr(words, N_("None.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("in the row")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("level")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("move")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("then")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("and back")), FPL_COLUMN_RIGHT);
    size_t shown = 0;
    for (size_t m = 0; m < fpl_graph_n_moves(graph_of(p)) && shown < ROWS_SHOWN; m++) {
        const fpl_graph_move *move = fpl_graph_get_move(graph_of(p), m);
        if (!(no_return ? move->is_no_return : move->is_ratchet)) continue;
        const fpl_level_set levels[] = {fpl_graph_get(graph_of(p), move->from).levels,
                                        fpl_graph_get(graph_of(p), move->to).levels,
                                        fpl_graph_get(graph_of(p), move->back).levels};
        shown++;
        fpl_table_row(table);
        put(p, table, row_words(p, move->from), FPL_TONE_PLAIN);
        put(p, table, fpli_level_numbers(&p->maker, levels[0]), FPL_TONE_PLAIN);
        put(p, table, move_words(p, move), FPL_TONE_PLAIN);
        put(p, table, fpli_level_numbers(&p->maker, levels[1]), FPL_TONE_PLAIN);
        put(p, table, fpli_level_numbers(&p->maker, levels[2]), FPL_TONE_ALERT);
    }
    if (n > shown)
        fpli_sayf(section, fpli_tr(words, N_("And %zu more; --format json has all.")),
                  n - shown);
}

fpl_status fpl_result_path(const fpl_model *model, const fpl_path_view *view,
                           const fpl_output_options *words, fpl_document **document,
                           fpl_error *error)
{
    page p = {.view = view, .roadmap = view->roadmap, .graph = view->graph};
    fpl_status status = fpli_begin(&p.maker, "fahrplan-path", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(p.maker.document);
    const fpl_stop stop = fpl_roadmap_stop(view->roadmap);
    fpli_stopped(&p.maker, stop != FPL_COMPLETE ? stop : fpl_graph_stop(view->graph));
    fpl_section_field(
        root, "rule", NULL,
        fpl_value_text(p.maker.document, fpl_succession_get(view->dynamics->rule)->name));
    fpl_section_field(root, "remember", NULL,
                      fpl_value_bool(p.maker.document, view->dynamics->memory));
    list_situations(&p, root);
    list_moves(&p, root);
    if (view->chains != NULL) {
        list_chains(&p, root);
        show_chains(&p, root);
        return fpli_finish(&p.maker, document, error);
    }
    show_present(&p, root);
    show_levels(&p, root);
    show_locked(&p, root, false);
    show_locked(&p, root, true);
    fpli_sayf(root, fpli_tr(words, N_("Looked at: %s and %s.")),
              fpli_counted(p.maker.document, words, fpl_graph_n(view->graph),
                           N_("%s situation"), N_("%s situations")),
              fpli_counted(p.maker.document, words, fpl_graph_n_moves(view->graph),
                           N_("%s move"), N_("%s moves")));
    return fpli_finish(&p.maker, document, error);
}
