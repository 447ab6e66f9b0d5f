/* set: change one judgement group in a native file, and nothing else. */
#include "change.h"
#include "commands.h"

#include <stdio.h>
#include <string.h>

typedef struct set_options {
    bool dry_run;
} set_options;

static const option_row rows[] = {
    {"dry-run", 0, OPTION_FLAG, offsetof(set_options, dry_run), NULL,
     N_("show the change and write nothing"), NULL, NULL, 0, 0},
    {0},
};

/* The group as it stands: for one value, the others stay. */
static void fill_group(const fpl_model *model, change *c)
{
    const fpl_impact *impact = fpl_model_impact(model, c->from, c->to);
    const fpl_decimal score = c->scores[0];
    if (c->to_variant < 0) return;
    c->n = fpl_model_n_variants(model, c->to);
    memset(c->scores, 0, sizeof c->scores);
    for (int i = 0; impact != NULL && i < impact->scores.n; i++)
        if (impact->scores.items[i].variant.index == c->from_variant)
            memcpy(c->scores, impact->scores.items[i].values.items,
                   (size_t)c->n * sizeof *c->scores);
    c->scores[c->to_variant] = score;
}

/* ---- showing the change -------------------------------------------------------------------- */

/* Lines from `from` to `end` with a mark before each. */
static void show_lines(const char *text, size_t from, size_t end, int line, char mark)
{
    while (from < end) {
        size_t size = strcspn(text + from, "\n");
        printf("%c %d: %.*s\n", mark, line++, (int)size, text + from);
        from += size + 1;
    }
}

/* What differs, from the first line that does to the last. */
static void show_change(const char *old, size_t old_size, const char *new,
                        size_t new_size)
{
    size_t start = 0, end = 0;
    int line = 1;
    if (old_size == new_size && memcmp(old, new, old_size) == 0) {
        message_note(tr("the scores are already as asked; nothing changes"));
        return;
    }
    for (size_t i = 0; i < old_size && i < new_size && old[i] == new[i]; i++) {
        if (old[i] == '\n') {
            start = i + 1;
            line++;
        }
    }
    size_t most = (old_size < new_size ? old_size : new_size) - start, same = 0;
    while (same < most && old[old_size - 1 - same] == new[new_size - 1 - same]) {
        same++;
        if (old[old_size - same] == '\n') end = same - 1; /* whole lines only */
    }
    show_lines(old, start, old_size - end, line, '-');
    show_lines(new, start, new_size - end, line, '+');
}

static int apply(const set_options *own, const char *path, const fpl_model *model,
                 const change *c)
{
    char *text = NULL, *edited = NULL;
    size_t size = 0, edited_size = 0;
    fpl_error error = call_error();
    fpl_status status = fpl_file_read(path, &text, &size, &error);
    if (status == FPL_OK)
        status = fpl_yaml_set_scores(
            text, size, path, fpl_model_descriptor_id(model, c->from),
            fpl_model_variant_id(model, c->from, c->from_variant),
            fpl_model_descriptor_id(model, c->to), c->scores, c->n, &edited, &edited_size,
            &error);
    if (status == FPL_OK && !own->dry_run)
        status = fpl_file_write(path, edited, edited_size, &error);
    if (status == FPL_OK) show_change(text, size, edited, edited_size);
    int code = status == FPL_OK ? EXIT_ANSWERED : message_error(&error, text);
    fpl_string_free(edited);
    fpl_string_free(text);
    return code;
}

static int run(command_call *call)
{
    const char *path = call->line.arguments[0];
    fpl_model *model = NULL;
    change c;
    if (strcmp(path, "-") == 0)
        return message_misuse(tr("set changes a file; standard input has none"));
    int code = call_load(call, path, &model);
    if (code == 0) code = change_parse(call->line.arguments[1], model, &c);
    if (code == 0) {
        fill_group(model, &c);
        code = apply(call->line.values, path, model, &c);
    }
    fpl_model_free(model);
    return code;
}

const command_row command_set = {
    .name = "set",
    .arguments = N_("MODEL CHANGE"),
    .summary = N_("change one judgement group in a native file"),
    .description = N_("Replace the scores of one judgement group in MODEL: "
                      "'CONF.easing->LEVEL = 3 0 -1 -2' "
                      "gives what the variant easing of CONF says about each variant of "
                      "LEVEL; 'CONF.easing->LEVEL.L2 = 1' one of them. Everything else "
                      "in the file stays, comments too; the lines changed are shown."),
    .options = rows,
    .values_size = sizeof(set_options),
    .shared = SHARE_ALWAYS,
    .least = 2,
    .most = 2,
    .run = run,
};
