/* set: change one judgement group in a native file, and nothing else. */
#include "commands.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCORES_MOST = FPL_VARIANTS_MAX };

typedef struct set_options {
    bool dry_run;
} set_options;

static const option_row rows[] = {
    {"dry-run", 0, OPTION_FLAG, offsetof(set_options, dry_run), NULL,
     N_("show the change and write nothing"), NULL, NULL, 0, 0},
    {0},
};

/* "CONF.easing->LEVEL = 3 0 -1 -2", taken apart. Ids may hold dots, so the model decides where the
 * descriptor ends and the variant begins. */
typedef struct change {
    char *from, *variant, *to;
    fpl_decimal scores[SCORES_MOST];
    int n;
} change;

static char *trimmed(char *text)
{
    while (isspace((unsigned char)*text)) text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1])) text[--n] = '\0';
    return text;
}

static int bad_form(void)
{
    message_misuse(
        tr("the change is not of the form 'FROM.VARIANT->TO = SCORE SCORE ...'"));
    message_note(tr("for example: fahrplan set MODEL 'CONF.easing->LEVEL = 3 0 -1 -2'"));
    return EXIT_MISUSE;
}

/* One number with at most four decimals. */
static bool parse_score(const char *text, fpl_decimal *score)
{
    const char *minus = "\xE2\x88\x92"; /* U+2212 */
    bool negative = *text == '-' || strncmp(text, minus, 3) == 0;
    text += *text == '-' || *text == '+' ? 1 : negative ? 3 : 0;
    int32_t value = 0, places = 0;
    bool point = false, digit = false;
    for (; *text != '\0'; text++) {
        if (*text == '.' && !point) {
            point = true;
        } else if (isdigit((unsigned char)*text) && value < 100000000 && places < 4) {
            value = value * 10 + (*text - '0');
            places += point;
            digit = true;
        } else {
            return false;
        }
    }
    *score = (fpl_decimal){negative ? -value : value, places};
    return digit;
}

static int parse_scores(char *text, change *c)
{
    char *state = NULL;
    for (char *piece = strtok_r(text, " \t,[]", &state); piece != NULL;
         piece = strtok_r(NULL, " \t,[]", &state)) {
        if (c->n == SCORES_MOST)
            return message_misuse(tr("there are more than %d scores"), SCORES_MOST);
        if (!parse_score(piece, &c->scores[c->n++]))
            return message_misuse(tr("'%s' is not a score"), piece);
    }
    return c->n > 0 ? 0 : bad_form();
}

/* Cut "CONF.easing" at the dot that makes both halves known. */
static bool split_source(char *source, const fpl_model *model, change *c)
{
    for (char *dot = strchr(source, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        *dot = '\0';
        int d = fpl_model_find_descriptor(model, source);
        if (d >= 0 && fpl_model_find_variant(model, d, dot + 1) >= 0) {
            c->from = source;
            c->variant = dot + 1;
            return true;
        }
        *dot = '.';
    }
    return false;
}

static int parse_change(char *text, const fpl_model *model, change *c)
{
    char *arrow = strstr(text, "->");
    char *equals = arrow == NULL ? NULL : strchr(arrow, '=');
    if (equals == NULL) return bad_form();
    *arrow = *equals = '\0';
    c->to = trimmed(arrow + 2);
    char *source = trimmed(text);
    if (strchr(source, '.') == NULL) return bad_form();
    if (!split_source(source, model, c))
        return message_misuse(tr("'%s' is no DESCRIPTOR.VARIANT of the model"), source);
    int to = fpl_model_find_descriptor(model, c->to);
    if (to < 0) return message_misuse(tr("the model has no descriptor '%s'"), c->to);
    int code = parse_scores(equals + 1, c);
    if (code == 0 && c->n != fpl_model_n_variants(model, to))
        code = message_misuse(tr("variants of '%s': %d, scores given: %d"), c->to,
                              fpl_model_n_variants(model, to), c->n);
    return code;
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

static int apply(const set_options *own, const char *path, const change *c)
{
    char *text = NULL, *edited = NULL;
    size_t size = 0, edited_size = 0;
    fpl_error error = call_error();
    fpl_status status = fpl_file_read(path, &text, &size, &error);
    if (status == FPL_OK)
        status = fpl_yaml_set_scores(text, size, path, c->from, c->variant, c->to,
                                     c->scores, c->n, &edited, &edited_size, &error);
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
    change c = {0};
    if (strcmp(path, "-") == 0)
        return message_misuse(tr("set changes a file; standard input has none"));
    int code = call_load(call, path, &model);
    char *text = code == 0 ? strdup(call->line.arguments[1]) : NULL;
    if (code == 0) code = text == NULL ? EXIT_FAULT : parse_change(text, model, &c);
    if (code == 0) code = apply(call->line.values, path, &c);
    free(text);
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
                      "LEVEL. Everything else "
                      "in the file stays, comments too; the lines changed are shown."),
    .options = rows,
    .values_size = sizeof(set_options),
    .shared = SHARE_ALWAYS,
    .least = 2,
    .most = 2,
    .run = run,
};
