/* Loops and paths of influence. */
#include "output/doc_system.h"

#include "base/mem.h"

#include <fahrplan/results.h>

enum { STRONGEST = 6 };

static fpl_value *text(const fpli_maker *maker, const char *words)
{
    return fpl_value_text(maker->document, words);
}

static bool is_ascii(const fpli_maker *maker)
{
    return maker->words != NULL && maker->words->ascii;
}

static fpl_value *sign_words(const fpli_maker *maker, int sign)
{
    return text(maker, sign > 0          ? "+"
                       : sign == 0       ? "?"
                       : is_ascii(maker) ? "-"
                                         : "\xE2\x88\x92");
}

const char *fpli_chain_words(const fpli_maker *maker, const fpl_chain *chain, bool closed)
{
    const char *arrow = is_ascii(maker) ? "->" : "\xE2\x86\x92";
    const char *line = fpli_descriptor_id(maker, chain->descriptors[0]);
    for (int k = 1; k < chain->n + (closed ? 1 : 0); k++)
        line = fpli_textf(maker->document, "%s %s %s", line, arrow,
                          fpli_descriptor_id(maker, chain->descriptors[k % chain->n]));
    return line;
}

fpl_value *fpli_ids_value(const fpli_maker *maker, const uint16_t *descriptors, int n)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (int k = 0; k < n; k++)
        fpl_value_append(list, text(maker, fpli_descriptor_id(maker, descriptors[k])));
    return list;
}

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_table *chain_table(fpl_section *section, const char *key)
{
    static const char *const keys[] = {"descriptors", "sign", "lift", "strength"};
    fpl_table *table = fpl_section_table(section, key, NULL);
    for (int i = 0; i < 4; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    return table;
}

static void list_chain(const fpli_maker *maker, fpl_table *table, const fpl_chain *chain)
{
    fpl_table_row(table);
    fpl_table_cell(table, fpli_ids_value(maker, chain->descriptors, chain->n));
    fpl_table_cell(table, fpl_value_int(maker->document, chain->sign));
    fpl_table_cell(table, fpli_points_value(maker, chain->lift));
    fpl_table_cell(table, fpli_points_value(maker, chain->strength));
}

static void list_named(const fpli_maker *maker, fpl_section *section,
                       const fpl_system *system)
{
    static const char *const keys[] = {"id",      "stated", "closed",
                                       "missing", "sign",   "lift"};
    const fpl_content *content = fpl_model_content(maker->model);
    fpl_document *document = maker->document;
    fpl_table *table = fpl_section_table(section, "named_loops", NULL);
    for (int i = 0; i < 6; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int k = 0; k < fpl_system_n_named_loops(system); k++) {
        const fpl_named_loop *named = fpl_system_named_loop(system, k);
        const fpl_loop *loop = &content->loops.items[named->loop];
        const uint16_t missing[] = {(uint16_t)named->broken_from,
                                    (uint16_t)named->broken_to};
        const bool closed = named->broken_from < 0;
        fpl_table_row(table);
        fpl_table_cell(table, text(maker, loop->id == NULL ? "" : loop->id));
        fpl_table_cell(table, fpl_value_int(document, loop->sign == FPL_PLUS    ? 1
                                                      : loop->sign == FPL_MINUS ? -1
                                                                                : 0));
        fpl_table_cell(table, fpl_value_bool(document, closed));
        fpl_table_cell(table, closed ? fpl_value_null(document)
                                     : fpli_ids_value(maker, missing, 2));
        fpl_table_cell(table, fpl_value_int(document, named->sign));
        fpl_table_cell(table, fpli_points_value(maker, named->lift));
    }
}

void fpli_list_loops(const fpli_maker *maker, fpl_section *section,
                     const fpl_system *system, bool prefer)
{
    list_named(maker, section, system);
    fpl_section_field(section, "loop_length", NULL,
                      fpl_value_int(maker->document, fpl_system_loop_length(system)));
    fpl_table *table = chain_table(section, "loops");
    if (prefer) fpl_table_prefer(table);
    for (size_t i = 0; i < fpl_system_n_loops(system); i++)
        list_chain(maker, table, fpl_system_loop(system, i));
}

/* ---- for people: loops --------------------------------------------------------------------- */

static bool has_sign(const fpl_system *system)
{
    for (size_t i = 0; i < fpl_system_n_loops(system); i++)
        if (fpl_system_loop(system, i)->sign != 0) return true;
    return false;
}

/* Numbers of loops by length. They stand in this order, so one pass suffices. */
static void show_lengths(const fpli_maker *maker, fpl_section *section,
                         const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Length")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Loops")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("reinforcing")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("balancing")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("without sign")), FPL_COLUMN_RIGHT);
    const size_t n = fpl_system_n_loops(system);
    for (size_t i = 0; i < n;) {
        const int length = fpl_system_loop(system, i)->n;
        uint64_t numbers[3] = {0}; /* minus, none, plus */
        const size_t first = i;
        for (; i < n && fpl_system_loop(system, i)->n == length; i++)
            numbers[fpl_system_loop(system, i)->sign + 1]++;
        const uint64_t cells[] = {i - first, numbers[2], numbers[0], numbers[1]};
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(maker->document, length));
        for (int c = 0; c < 4; c++)
            fpl_table_cell(
                table, text(maker, fpli_number_words(maker->document, words, cells[c])));
    }
}

static fpl_table *loop_table(const fpli_maker *maker, fpl_section *section, bool by_lift,
                             const char *heading)
{
    const fpl_output_options *words = maker->words;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Sign")), FPL_COLUMN_PLAIN);
    if (by_lift)
        fpl_table_column(table, NULL, fpli_tr(words, N_("Lift")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Strength")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, heading, FPL_COLUMN_WRAP);
    return table;
}

static void show_chain(const fpli_maker *maker, fpl_table *table, bool by_lift,
                       const fpl_chain *chain, bool closed)
{
    fpl_table_row(table);
    fpl_table_cell(table, sign_words(maker, chain->sign));
    if (by_lift)
        fpl_table_cell(table, chain->sign == 0 ? fpl_value_null(maker->document)
                                               : fpli_points_value(maker, chain->lift));
    fpl_table_cell(table, fpli_points_value(maker, chain->strength));
    fpl_table_cell(table, text(maker, fpli_chain_words(maker, chain, closed)));
}

static bool is_stronger(const fpl_chain *a, const fpl_chain *b)
{
    if (a->lift != b->lift) return a->lift > b->lift;
    return a->strength > b->strength;
}

/* The strongest of one sign and any length; of equals the shorter. */
static void show_strongest(const fpli_maker *maker, fpl_section *section,
                           const fpl_system *system, int sign, const char *heading)
{
    const fpl_chain *best[STRONGEST];
    int n = 0;
    for (size_t i = 0; i < fpl_system_n_loops(system); i++) {
        const fpl_chain *loop = fpl_system_loop(system, i);
        if (loop->sign != sign) continue;
        if (n == STRONGEST && !is_stronger(loop, best[n - 1])) continue;
        int at = n < STRONGEST ? n++ : n - 1;
        for (; at > 0 && is_stronger(loop, best[at - 1]); at--) best[at] = best[at - 1];
        best[at] = loop;
    }
    if (n == 0) return;
    fpl_table *table = loop_table(maker, section, sign != 0,
                                  fpli_tr(maker->words, heading));
    for (int k = 0; k < n; k++) show_chain(maker, table, sign != 0, best[k], true);
}

static void say_signs(const fpli_maker *maker, fpl_section *section, bool by_lift)
{
    if (by_lift)
        fpl_section_say(
            section,
            fpli_tr(
                maker->words,
                N_("A reinforcing loop (+) amplifies a change that runs through it, a "
                   "balancing one works against it. Lift is that of its weakest "
                   "influence, between the extreme variants of ordered descriptors; "
                   "strength that of its weakest section.")));
    else
        fpl_section_say(
            section,
            fpli_tr(maker->words,
                    N_("No loop has a sign: that takes ordered descriptors throughout. "
                       "Strength is that of the weakest section on it.")));
}

static const char *verdict(const fpli_maker *maker, const fpl_loop *loop,
                           const fpl_named_loop *named)
{
    const fpl_output_options *words = maker->words;
    const int stated = loop->sign == FPL_PLUS ? 1 : loop->sign == FPL_MINUS ? -1 : 0;
    if (named->broken_from >= 0)
        return fpli_textf(
            maker->document,
            fpli_tr(words, N_("not in the judgements: %s does not act on %s")),
            fpli_descriptor_id(maker, named->broken_from),
            fpli_descriptor_id(maker, named->broken_to));
    if (named->sign == 0) return fpli_tr(words, N_("closed, without a sign"));
    if (stated == 0) return fpli_tr(words, N_("closed"));
    return stated == named->sign ? fpli_tr(words, N_("confirmed"))
                                 : fpli_tr(words, N_("the judgements say the opposite"));
}

static void show_named(const fpli_maker *maker, fpl_section *root,
                       const fpl_system *system)
{
    const fpl_output_options *words = maker->words;
    const fpl_content *content = fpl_model_content(maker->model);
    const int n = fpl_system_n_named_loops(system);
    if (n == 0) return;
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_textf(maker->document, "%s: %d",
                   fpli_tr(words, N_("Loops that the model names")), n));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("stated")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("found")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Lift")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Loop")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Answer")), FPL_COLUMN_WRAP);
    for (int k = 0; k < n; k++) {
        const fpl_named_loop *named = fpl_system_named_loop(system, k);
        const fpl_loop *loop = &content->loops.items[named->loop];
        const bool closed = named->broken_from < 0;
        const char *name = fpl_text_in(&loop->name, fpli_language(words));
        const char *ids = "";
        for (int m = 0; m <= loop->cycle.n; m++)
            ids = fpli_textf(
                maker->document, "%s%s%s", ids,
                m == 0            ? ""
                : is_ascii(maker) ? " -> "
                                  : " \xE2\x86\x92 ",
                fpli_descriptor_id(maker, loop->cycle.items[m % loop->cycle.n].index));
        fpl_table_row(table);
        fpl_table_cell(table, sign_words(maker, loop->sign == FPL_PLUS    ? 1
                                                : loop->sign == FPL_MINUS ? -1
                                                                          : 0));
        fpl_table_cell(table, closed ? sign_words(maker, named->sign)
                                     : fpl_value_null(maker->document));
        fpl_table_cell(table, named->sign == 0 ? fpl_value_null(maker->document)
                                               : fpli_points_value(maker, named->lift));
        fpl_table_cell(
            table,
            text(maker,
                 *name == '\0' ? ids : fpli_textf(maker->document, "%s: %s", name, ids)));
        fpl_table_cell(table, text(maker, verdict(maker, loop, named)));
    }
}

static fpl_section *loop_section(const fpli_maker *maker, fpl_section *root,
                                 const fpl_system *system)
{
    fpl_document *document = maker->document;
    const size_t n = fpl_system_n_loops(system);
    const char *heading = fpli_textf(
        document, fpli_tr(maker->words, N_("Loops of at most %d descriptors: %s")),
        fpl_system_loop_length(system), fpli_number_words(document, maker->words, n));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    if (fpl_system_loops_shortened(system))
        fpli_sayf(section,
                  fpli_tr(maker->words, N_("Together with longer ones they are more than "
                                           "%s; --length asks for those.")),
                  fpli_number_words(document, maker->words, FPL_LOOPS_DEFAULT));
    return section;
}

void fpli_show_loops(const fpli_maker *maker, fpl_section *root, const fpl_system *system)
{
    const bool by_lift = has_sign(system);
    fpl_section *section = loop_section(maker, root, system);
    if (fpl_system_n_loops(system) == 0) {
        fpl_section_say(section, fpli_tr(maker->words, N_("No influence comes back to "
                                                          "where it began.")));
    } else {
        show_lengths(maker, section, system);
        show_strongest(maker, section, system, 1, N_("Reinforcing, strongest first"));
        show_strongest(maker, section, system, -1, N_("Balancing, strongest first"));
        if (!by_lift) show_strongest(maker, section, system, 0, N_("Strongest first"));
        say_signs(maker, section, by_lift);
    }
    show_named(maker, root, system);
}

void fpli_show_all_loops(const fpli_maker *maker, fpl_section *root,
                         const fpl_system *system)
{
    const bool by_lift = has_sign(system);
    fpl_section *section = loop_section(maker, root, system);
    if (fpl_system_n_loops(system) == 0) {
        fpl_section_say(section, fpli_tr(maker->words, N_("No influence comes back to "
                                                          "where it began.")));
        return;
    }
    fpl_table *table = loop_table(maker, section, by_lift,
                                  fpli_tr(maker->words, N_("Loop")));
    for (size_t i = 0; i < fpl_system_n_loops(system); i++)
        show_chain(maker, table, by_lift, fpl_system_loop(system, i), true);
    say_signs(maker, section, by_lift);
}

/* ---- paths --------------------------------------------------------------------------------- */

static void show_paths(const fpli_maker *maker, fpl_section *root, const fpl_paths *paths)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const size_t n = fpl_paths_n(paths);
    const char *from = fpli_descriptor_words(maker, fpl_paths_from(paths));
    const char *to = fpli_descriptor_words(maker, fpl_paths_to(paths));
    const char *heading = fpli_textf(
        document,
        fpli_tr(words, N_("Paths from \"%s\" to \"%s\", influences at most %d: %s")),
        from, to, fpl_paths_length(paths), fpli_number_words(document, words, n));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    bool by_lift = false;
    for (size_t i = 0; i < n; i++)
        by_lift = by_lift || fpl_paths_get(paths, i)->sign != 0;
    if (n == 0) {
        if (fpl_paths_shortest(paths) == 0)
            fpl_section_say(section,
                            fpli_tr(words, N_("No path leads there, however long.")));
        else
            fpli_sayf(section,
                      fpli_tr(words, N_("None; influences on the shortest path: %d.")),
                      fpl_paths_shortest(paths));
        return;
    }
    fpl_table *table = loop_table(maker, section, by_lift, fpli_tr(words, N_("Path")));
    for (size_t i = 0; i < n; i++)
        show_chain(maker, table, by_lift, fpl_paths_get(paths, i), false);
    const char *legend =
        by_lift
            ? N_("With + a change arrives in the same direction, otherwise in the "
                 "opposite "
                 "one; with ? that is not known. Lift is that of the weakest influence, "
                 "between the extreme variants of ordered descriptors; strength that of "
                 "the weakest section.")
            : N_("No path has a sign: that takes ordered descriptors throughout. "
                 "Strength "
                 "is that of the weakest section on it.");
    fpl_section_say(section, fpli_tr(words, legend));
}

fpl_status fpl_result_paths(const fpl_model *model, const fpl_paths *paths,
                            const fpl_output_options *words, fpl_document **document,
                            fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-paths", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, fpl_paths_stop(paths));
    fpl_section_field(root, "from", NULL,
                      text(&maker, fpli_descriptor_id(&maker, fpl_paths_from(paths))));
    fpl_section_field(root, "to", NULL,
                      text(&maker, fpli_descriptor_id(&maker, fpl_paths_to(paths))));
    fpl_section_field(root, "length", NULL,
                      fpl_value_int(maker.document, fpl_paths_length(paths)));
    fpl_section_field(root, "shortest", NULL,
                      fpl_value_int(maker.document, fpl_paths_shortest(paths)));
    fpl_table *table = chain_table(root, "paths");
    for (size_t i = 0; i < fpl_paths_n(paths); i++)
        list_chain(&maker, table, fpl_paths_get(paths, i));
    show_paths(&maker, root, paths);
    fpl_section_next(root, fpli_command(&maker, "system", ""),
                     fpli_tr(words, N_("The system as a whole")));
    return fpli_finish(&maker, document, error);
}
