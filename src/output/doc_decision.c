/* The decision table and the decision tree. */
#include "output/doc_roadmap.h"

#include "base/mem.h"

#include <string.h>

/* More than anybody reads is not shown, only listed for programs. */
enum { LINES_SHOWN = 120, QUESTIONS_SHOWN = 80 };

/* ---- sets of variants ----------------------------------------------------------------------- */

static bool is_all(const fpli_maker *maker, int descriptor, uint64_t set)
{
    return __builtin_popcountll(set) == fpl_model_n_variants(maker->model, descriptor);
}

fpl_value *fpli_variant_list(const fpli_maker *maker, int descriptor, uint64_t set)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (; set != 0; set &= set - 1)
        fpl_value_append(
            list, fpl_value_text(maker->document, fpli_variant_id(maker, descriptor,
                                                                  __builtin_ctzll(set))));
    return list;
}

const char *fpli_variants_words(const fpli_maker *maker, int descriptor, uint64_t set)
{
    const char *text = "";
    if (is_all(maker, descriptor, set))
        return maker->words != NULL && maker->words->ascii ? "." : "\xC2\xB7";
    for (; set != 0; set &= set - 1)
        text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : ", ",
                          fpli_variant_words(maker, descriptor, __builtin_ctzll(set)));
    return text;
}

static const char *literal(const fpli_maker *maker, int d, uint64_t set)
{
    const char *id = fpli_descriptor_id(maker, d), *list = "";
    const int k = fpl_model_n_variants(maker->model, d);
    const uint64_t rest = ~(uint64_t)0 >> (64 - k) & ~set;
    const bool one = (set & (set - 1)) == 0, all_but_one = (rest & (rest - 1)) == 0;
    if (one || all_but_one)
        return fpli_textf(maker->document, "%s%s%s", id, one ? "=" : "!=",
                          fpli_variant_id(maker, d, __builtin_ctzll(one ? set : rest)));
    for (; set != 0; set &= set - 1)
        list = fpli_textf(maker->document, "%s%s%s", list, *list == '\0' ? "" : ", ",
                          fpli_variant_id(maker, d, __builtin_ctzll(set)));
    return fpli_textf(maker->document, "%s in {%s}", id, list);
}

const char *fpli_sets_formula(const fpli_maker *maker, const fpl_roadmap *roadmap,
                              const uint64_t *sets, const char *word)
{
    const char *text = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int d = fpl_roadmap_drivers(roadmap)[i];
        if (sets[i] == 0 || is_all(maker, d, sets[i])) continue;
        text = *text == '\0' ? literal(maker, d, sets[i])
                             : fpli_textf(maker->document, "%s %s %s", text, word,
                                          literal(maker, d, sets[i]));
    }
    return text;
}

/* ---- what an answer says -------------------------------------------------------------------- */

static const fpl_row *row_of(const fpl_roadmap *roadmap, const fpl_answers *answers,
                             int answer)
{
    return fpl_roadmap_row(roadmap, fpl_answers_get(answers, answer)->first_row);
}

static bool says_default(const fpl_answers *answers)
{
    return fpl_answers_options(answers)->by != FPL_BY_POSSIBLE;
}

static bool says_possible(const fpl_answers *answers)
{
    return fpl_answers_options(answers)->by != FPL_BY_DEFAULT;
}

static const char *special_words(const fpli_maker *maker, const fpl_answer *answer)
{
    if (answer->implausible) return fpli_tr(maker->words, N_("implausible"));
    return answer->unknown ? fpli_tr(maker->words, N_("not known")) : NULL;
}

/* The columns of an answer, for programs. */
static void put_answer(const fpli_maker *maker, fpl_value *map,
                       const fpl_roadmap *roadmap, const fpl_answers *answers, int answer)
{
    const fpl_answer *a = fpl_answers_get(answers, answer);
    const fpl_row *row = row_of(roadmap, answers, answer);
    fpl_value_set(map, "answer", fpl_value_int(maker->document, answer));
    if (a->implausible || a->unknown) {
        fpl_value_set(
            map, "special",
            fpl_value_text(maker->document, a->implausible ? "implausible" : "unknown"));
        return;
    }
    if (says_default(answers))
        fpl_value_set(map, "default", fpli_level_list(maker, row->default_levels));
    if (says_possible(answers)) {
        fpl_value_set(map, "possible", fpli_level_list(maker, row->possible));
        fpl_value_set(map, "nearest", fpli_level_list(maker, row->nearest));
    }
}

static const char *answer_words(const fpli_maker *maker, const fpl_roadmap *roadmap,
                                const fpl_answers *answers, int answer)
{
    const fpl_output_options *words = maker->words;
    const char *special = special_words(maker, fpl_answers_get(answers, answer));
    const fpl_row *row = row_of(roadmap, answers, answer);
    const char *settles = fpli_level_numbers(maker, row->default_levels);
    const char *may = fpli_level_marks(maker, row->possible | row->nearest);
    if (special != NULL) return special;
    if (!says_possible(answers)) return settles;
    if (!says_default(answers)) return may;
    return fpli_textf(maker->document, fpli_tr(words, N_("%s, possible %s")), settles,
                      may);
}

/* ---- the table ------------------------------------------------------------------------------ */

static void list_lines(const fpli_maker *maker, fpl_section *section,
                       const fpl_roadmap *roadmap, const fpl_answers *answers,
                       const fpl_decision_table *table)
{
    fpl_document *document = maker->document;
    fpl_value *lines = fpl_value_list(document);
    for (size_t l = 0; l < fpl_decision_table_n(table); l++) {
        const fpl_decision_line *line = fpl_decision_table_get(table, l);
        fpl_value *map = fpl_value_map(document), *drivers = fpl_value_map(document);
        for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
            const int d = fpl_roadmap_drivers(roadmap)[i];
            fpl_value_set(drivers, fpli_descriptor_id(maker, d),
                          fpli_variant_list(maker, d, line->variants[i]));
        }
        fpl_value_set(map, "drivers", drivers);
        fpl_value_set(map, "rows", fpl_value_int(document, (int64_t)line->n_rows));
        put_answer(maker, map, roadmap, answers, line->answer);
        fpl_value_append(lines, map);
    }
    fpl_section_field(section, "minimum", NULL,
                      fpl_value_bool(document, fpl_decision_table_is_minimum(table)));
    fpl_section_field(section, "lines", NULL, lines);
}

static void show_line(const fpli_maker *maker, fpl_table *shown,
                      const fpl_roadmap *roadmap, const fpl_answers *answers,
                      const fpl_decision_line *line)
{
    fpl_document *document = maker->document;
    const char *special = special_words(maker, fpl_answers_get(answers, line->answer));
    const fpl_row *row = row_of(roadmap, answers, line->answer);
    const fpl_tone tone = special == NULL ? FPL_TONE_PLAIN : FPL_TONE_FAINT;
    const char *settles = special != NULL
                              ? special
                              : fpli_level_numbers(maker, row->default_levels);
    const char *may = special != NULL
                          ? (says_default(answers) ? "" : special)
                          : fpli_level_marks(maker, row->possible | row->nearest);
    fpl_table_row(shown);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const char *text = fpli_variants_words(maker, fpl_roadmap_drivers(roadmap)[i],
                                               line->variants[i]);
        fpl_table_cell(shown, fpl_value_tone(fpl_value_text(document, text), tone));
    }
    if (says_default(answers))
        fpl_table_cell(shown, fpl_value_tone(fpl_value_text(document, settles), tone));
    if (says_possible(answers))
        fpl_table_cell(shown, fpl_value_tone(fpl_value_text(document, may), tone));
    fpl_table_cell(shown, fpl_value_int(document, (int64_t)line->n_rows));
}

static void say_too_long(const fpli_maker *maker, fpl_section *section)
{
    fpl_section_say(
        section, fpli_tr(maker->words,
                         N_("Too long to be shown; --format json has all of it. Fewer "
                            "drivers (--over) or one kind of answer (--by default) make "
                            "it shorter.")));
}

void fpli_add_decision_table(const fpli_maker *maker, fpl_section *section,
                             const fpl_roadmap *roadmap, const fpl_answers *answers,
                             const fpl_decision_table *table)
{
    const fpl_output_options *words = maker->words;
    list_lines(maker, section, roadmap, answers, table);
    if (fpl_decision_table_n(table) > LINES_SHOWN) {
        say_too_long(maker, section);
        return;
    }
    fpl_table *shown = fpl_section_table(section, NULL, NULL);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_table_column(shown, NULL,
                         fpli_descriptor_words(maker, fpl_roadmap_drivers(roadmap)[i]),
                         FPL_COLUMN_WRAP);
    if (says_default(answers))
        fpl_table_column(shown, NULL, fpli_tr(words, N_("default")), FPL_COLUMN_RIGHT);
    if (says_possible(answers))
        fpl_table_column(shown, NULL, fpli_tr(words, N_("possible")), FPL_COLUMN_PLAIN);
    fpl_table_column(shown, NULL, fpli_tr(words, N_("rows")), FPL_COLUMN_RIGHT);
    for (size_t l = 0; l < fpl_decision_table_n(table); l++)
        show_line(maker, shown, roadmap, answers, fpl_decision_table_get(table, l));
    fpl_section_say(
        section,
        fpl_decision_table_is_minimum(table)
            ? fpli_tr(words,
                      N_("A dot: any variant. No table says the same in fewer lines; "
                         "lines of one answer may overlap."))
            : fpli_tr(words,
                      N_("A dot: any variant. No line can be spared, but a shorter "
                         "table may exist; lines of one answer may overlap.")));
}

/* ---- the tree ------------------------------------------------------------------------------- */

typedef struct drawing {
    const fpli_maker *maker;
    fpl_section *section;
    const fpl_roadmap *roadmap;
    const fpl_answers *answers;
    const fpl_decision_tree *tree;
    uint32_t *parents; /* of each node: how many branches lead to it */
    uint32_t *letter;  /* of a shared question, from 1; 0: not drawn yet */
    uint32_t n_letters;
} drawing;

static int driver_of(const drawing *d, const fpl_decision_node *node)
{
    return fpl_roadmap_drivers(d->roadmap)[node->driver];
}

static bool is_ascii(const drawing *d)
{
    return d->maker->words != NULL && d->maker->words->ascii;
}

/* "Borders?", and what marks a question to which several branches lead: "[2]". */
static const char *question_words(drawing *d, uint32_t index, bool *again)
{
    const fpl_decision_node *node = fpl_decision_tree_get(d->tree, index);
    const char *name = fpli_descriptor_words(d->maker, driver_of(d, node));
    *again = d->letter[index] != 0;
    if (d->parents[index] < 2) return fpli_textf(d->maker->document, "%s?", name);
    if (!*again) d->letter[index] = ++d->n_letters;
    return fpli_textf(d->maker->document,
                      *again ? fpli_tr(d->maker->words, N_("%s? as under [%u]"))
                             : "%s? [%u]",
                      name, d->letter[index]);
}

static void draw_branches(drawing *d, uint32_t index, const char *indent);

/* One branch: the variants that lead to the child, and the child. */
static void draw_branch(drawing *d, int driver, uint64_t variants, uint32_t child,
                        const char *indent, bool last)
{
    static const char *const forks[2][2] = {{"\xE2\x94\x9C ", "\xE2\x94\x94 "},
                                            {"|- ", "`- "}};
    fpl_document *document = d->maker->document;
    const fpl_decision_node *node = fpl_decision_tree_get(d->tree, child);
    const char *fork = forks[is_ascii(d)][last];
    const char *names = "";
    bool again = false;
    for (uint64_t set = variants; set != 0; set &= set - 1)
        names = fpli_textf(document, "%s%s%s", names, *names == '\0' ? "" : ", ",
                           fpli_variant_words(d->maker, driver, __builtin_ctzll(set)));
    const char *what = node->driver < 0
                           ? answer_words(d->maker, d->roadmap, d->answers, node->answer)
                           : question_words(d, child, &again);
    fpl_section_verbatim(d->section,
                         fpli_textf(document, "%s%s%s: %s", indent, fork, names, what));
    if (node->driver < 0 || again) return;
    const char *bar = last ? (is_ascii(d) ? "   " : "  ")
                           : (is_ascii(d) ? "|  " : "\xE2\x94\x82 ");
    draw_branches(d, child, fpli_textf(document, "%s%s", indent, bar));
}

/* Variants that lead to one child share a branch. */
static void draw_branches(drawing *d, uint32_t index, const char *indent)
{
    const fpl_decision_node *node = fpl_decision_tree_get(d->tree, index);
    const int driver = driver_of(d, node);
    const int k = fpl_model_n_variants(d->maker->model, driver);
    uint64_t drawn = 0;
    for (int v = 0; v < k; v++) {
        if (drawn >> v & 1) continue;
        uint64_t same = 0;
        for (int w = v; w < k; w++)
            if (node->children[w] == node->children[v]) same |= (uint64_t)1 << w;
        drawn |= same;
        draw_branch(d, driver, same, node->children[v], indent,
                    __builtin_popcountll(drawn) == k);
    }
}

static void draw(drawing *d)
{
    const fpl_decision_node *root = fpl_decision_tree_get(d->tree, 0);
    bool again = false;
    if (root->driver < 0) {
        fpl_section_say(d->section,
                        answer_words(d->maker, d->roadmap, d->answers, root->answer));
        return;
    }
    fpl_section_verbatim(d->section, "");
    fpl_section_verbatim(d->section, question_words(d, 0, &again));
    draw_branches(d, 0, "");
}

/* Branches, not variants: those that lead to the same child count once for each parent. */
static void count_parents(drawing *d)
{
    for (size_t i = 0; i < fpl_decision_tree_n(d->tree); i++) {
        const fpl_decision_node *node = fpl_decision_tree_get(d->tree, i);
        if (node->driver < 0) continue;
        const int k = fpl_model_n_variants(d->maker->model, driver_of(d, node));
        for (int v = 0; v < k; v++) {
            bool first = true;
            for (int w = 0; w < v; w++)
                first = first && node->children[w] != node->children[v];
            d->parents[node->children[v]] += first;
        }
    }
}

static void list_nodes(const drawing *d)
{
    fpl_document *document = d->maker->document;
    fpl_value *nodes = fpl_value_list(document), *order = fpl_value_list(document);
    for (size_t i = 0; i < fpl_decision_tree_n(d->tree); i++) {
        const fpl_decision_node *node = fpl_decision_tree_get(d->tree, i);
        fpl_value *map = fpl_value_map(document);
        if (node->driver < 0) {
            put_answer(d->maker, map, d->roadmap, d->answers, node->answer);
        } else {
            const int driver = driver_of(d, node);
            fpl_value *children = fpl_value_map(document);
            for (int v = 0; v < fpl_model_n_variants(d->maker->model, driver); v++)
                fpl_value_set(children, fpli_variant_id(d->maker, driver, v),
                              fpl_value_int(document, node->children[v]));
            fpl_value_set(map, "driver",
                          fpl_value_text(document, fpli_descriptor_id(d->maker, driver)));
            fpl_value_set(map, "children", children);
        }
        fpl_value_append(nodes, map);
    }
    for (int i = 0; i < fpl_roadmap_n_drivers(d->roadmap); i++) {
        const int driver = fpl_decision_tree_order(d->tree)[i];
        const char *id = fpli_descriptor_id(d->maker,
                                            fpl_roadmap_drivers(d->roadmap)[driver]);
        fpl_value_append(order, fpl_value_text(document, id));
    }
    fpl_section_field(d->section, "order", NULL, order);
    fpl_section_field(d->section, "smallest", NULL,
                      fpl_value_bool(document, fpl_decision_tree_is_smallest(d->tree)));
    fpl_section_field(d->section, "nodes", NULL, nodes);
}

void fpli_add_decision_tree(const fpli_maker *maker, fpl_section *section,
                            const fpl_roadmap *roadmap, const fpl_answers *answers,
                            const fpl_decision_tree *tree)
{
    const size_t n = fpl_decision_tree_n(tree);
    drawing d = {.maker = maker,
                 .section = section,
                 .roadmap = roadmap,
                 .answers = answers,
                 .tree = tree};
    d.parents = fpli_new(n, sizeof *d.parents);
    d.letter = fpli_new(n, sizeof *d.letter);
    if (d.parents == NULL || d.letter == NULL) {
        maker->document->status = FPL_E_MEMORY;
    } else {
        count_parents(&d);
        list_nodes(&d);
        if (fpl_decision_tree_n_questions(tree) > QUESTIONS_SHOWN)
            say_too_long(maker, section);
        else
            draw(&d);
        if (fpl_decision_tree_is_smallest(tree))
            fpl_section_say(
                section, fpli_tr(maker->words, N_("No order of questions needs fewer.")));
    }
    fpli_free(d.parents);
    fpli_free(d.letter);
}
