/* What a project remembers, as YAML in flow style:
 *
 *   {tag: $ ScenarioWizard 4.0, eol: crlf, encoding: windows-1252, bom: true, section3:
 * "...", section5: "...", colors: false, texts: 1, end: "...", odd: [[7, "canonical",
 * "original"]]}
 *
 * Only what differs from a plain new file is said; tag is always there. */
#include "base/status.h"
#include "io/number.h"
#include "io/scw.h"
#include "io/yaml_emit.h"
#include "io/yaml_tree.h"
#include "model/records.h"

#include <stdio.h>
#include <string.h>

/* ---- remembering
 * ------------------------------------------------------------------------- */

typedef struct remembering {
    fpli_arena *arena;
    fpli_yaml_node *map;
    bool no_memory;
} remembering;

static fpli_yaml_node *text_node(remembering *r, const char *text, fpli_yaml_style style)
{
    fpli_yaml_node *node = fpli_yaml_scalar(r->arena, text, strlen(text));
    if (node == NULL)
        r->no_memory = true;
    else
        node->style = style;
    return node;
}

static void add(remembering *r, fpli_yaml_node *parent, const char *key,
                fpli_yaml_node *value)
{
    fpli_yaml_node *name = key == NULL ? NULL : text_node(r, key, FPLI_YAML_DOUBLE);
    if (r->no_memory || fpli_yaml_append(r->arena, parent, name, value) == NULL)
        r->no_memory = true;
}

static void add_text(remembering *r, const char *key, const char *text)
{
    add(r, r->map, key, text_node(r, text, FPLI_YAML_DOUBLE));
}

static fpli_yaml_node *number_node(remembering *r, int number)
{
    char text[FPLI_NUMBER_TEXT];
    snprintf(text, sizeof text, "%d", number);
    fpli_yaml_node *node = text_node(r, text, FPLI_YAML_PLAIN);
    if (node != NULL) node->layout = FPLI_YAML_BARE;
    return node;
}

static void add_odd(remembering *r, const scw_project *project)
{
    fpli_yaml_node *list = fpli_yaml_new(r->arena, FPLI_YAML_LIST);
    if (list == NULL) r->no_memory = true;
    for (int i = 0; i < project->odd.n && !r->no_memory; i++) {
        const scw_line *odd = &project->odd.items[i];
        fpli_yaml_node *item = fpli_yaml_new(r->arena, FPLI_YAML_LIST);
        if (item == NULL) {
            r->no_memory = true;
            return;
        }
        add(r, item, NULL, number_node(r, odd->number));
        add(r, item, NULL, text_node(r, odd->canonical, FPLI_YAML_DOUBLE));
        add(r, item, NULL, text_node(r, odd->original, FPLI_YAML_DOUBLE));
        add(r, list, NULL, item);
    }
    if (!r->no_memory) add(r, r->map, "odd", list);
}

fpl_status scw_remember(fpli_arena *arena, const scw_project *project, const char **value,
                        fpl_error *error)
{
    remembering r = {.arena = arena, .map = fpli_yaml_new(arena, FPLI_YAML_MAP)};
    if (r.map == NULL) return fpli_no_memory(error);
    add_text(&r, "tag", project->tag);
    if (project->crlf) add_text(&r, "eol", "crlf");
    if (project->encoding != FPLI_UTF_8)
        add_text(&r, "encoding", fpli_encoding_name(project->encoding));
    if (project->has_mark) add_text(&r, "bom", "true");
    if (*project->section3 != '\0') add_text(&r, "section3", project->section3);
    if (*project->section5 != '\0') add_text(&r, "section5", project->section5);
    if (!project->has_colors) add_text(&r, "colors", "false");
    if (project->n_texts != scw_n_texts(project))
        add(&r, r.map, "texts", number_node(&r, project->n_texts));
    if (project->end != NULL) add_text(&r, "end", project->end);
    if (project->odd.n > 0) add_odd(&r, project);
    fpli_buffer flow = {0};
    if (!r.no_memory) fpli_yaml_put_flow(&flow, r.map);
    *value = r.no_memory || flow.broken ? NULL
                                        : fpli_arena_text(arena, flow.text, flow.size);
    fpli_buffer_clear(&flow);
    return *value == NULL ? fpli_no_memory(error) : FPL_OK;
}

/* ---- recalling
 * --------------------------------------------------------------------------- */

static bool is_text(const fpli_yaml_node *node, const char **text)
{
    if (node->kind != FPLI_YAML_SCALAR) return false;
    *text = node->text;
    return true;
}

static bool is_word(const fpli_yaml_node *node, const char *word)
{
    return node->kind == FPLI_YAML_SCALAR && strcmp(node->text, word) == 0;
}

/* [number, canonical, original] each. FPL_E_MEMORY, or FPL_E_SYNTAX if it is something
 * else. */
static fpl_status recall_odd(fpli_arena *arena, const fpli_yaml_node *node,
                             scw_project *project)
{
    if (node->kind != FPLI_YAML_LIST) return FPL_E_SYNTAX;
    for (const fpli_yaml_entry *e = node->first; e != NULL; e = e->next) {
        const fpli_yaml_node *item = e->value;
        if (item->kind != FPLI_YAML_LIST || item->n != 3) return FPL_E_SYNTAX;
        scw_line line;
        const char *number;
        if (!is_text(item->first->value, &number) ||
            !fpli_integer_parse(number, &line.number) ||
            !is_text(item->first->next->value, &line.canonical) ||
            !is_text(item->last->value, &line.original))
            return FPL_E_SYNTAX;
        const int n = project->odd.n;
        if (n > 0 && project->odd.items[n - 1].number >= line.number) return FPL_E_SYNTAX;
        scw_line *added = fpli_list_append(arena, &project->odd, sizeof *added);
        if (added == NULL) return FPL_E_MEMORY;
        *added = line;
    }
    return FPL_OK;
}

static fpl_status recall_entry(fpli_arena *arena, const char *key,
                               const fpli_yaml_node *value, scw_project *project)
{
    bool known = true;
    const char *text = "";
    if (strcmp(key, "odd") == 0) return recall_odd(arena, value, project);
    if (strcmp(key, "tag") == 0)
        known = is_text(value, &project->tag);
    else if (strcmp(key, "eol") == 0)
        known = project->crlf = is_word(value, "crlf");
    else if (strcmp(key, "encoding") == 0)
        known = is_text(value, &text) &&
                fpli_encoding_by_name(text, &project->encoding) &&
                project->encoding <= FPLI_WINDOWS_1252;
    else if (strcmp(key, "bom") == 0)
        known = project->has_mark = is_word(value, "true");
    else if (strcmp(key, "section3") == 0)
        known = is_text(value, &project->section3);
    else if (strcmp(key, "section5") == 0)
        known = is_text(value, &project->section5);
    else if (strcmp(key, "colors") == 0)
        known = !(project->has_colors = !is_word(value, "false"));
    else if (strcmp(key, "texts") == 0)
        known = is_text(value, &text) && fpli_integer_parse(text, &project->n_texts) &&
                project->n_texts >= 0;
    else if (strcmp(key, "end") == 0)
        known = is_text(value, &project->end);
    else
        known = false;
    return known ? FPL_OK : FPL_E_SYNTAX;
}

fpl_status scw_recall(fpli_arena *arena, const char *value, scw_project *project,
                      bool *understood, fpl_error *error)
{
    fpli_buffer line = {0};
    fpli_yaml_tree tree;
    scw_project recalled = *project;
    *understood = false;
    fpli_putf(&line, "value: %s", value);
    const char *text = line.broken ? NULL : fpli_arena_text(arena, line.text, line.size);
    const size_t size = line.size;
    fpli_buffer_clear(&line);
    if (text == NULL) return fpli_no_memory(error);
    fpl_status status = fpli_yaml_parse(arena, text, size, "", 0, &tree, NULL);
    if (status == FPL_OK &&
        (tree.root->n != 1 || tree.root->first->value->kind != FPLI_YAML_MAP))
        status = FPL_E_SYNTAX;
    if (status == FPL_OK) {
        const fpli_yaml_node *map = tree.root->first->value;
        for (const fpli_yaml_entry *e = map->first; e != NULL && status == FPL_OK;
             e = e->next)
            status = recall_entry(arena, e->key->text, e->value, &recalled);
    }
    if (status == FPL_E_MEMORY) return fpli_no_memory(error);
    *understood = status == FPL_OK;
    if (*understood) *project = recalled;
    return FPL_OK;
}
