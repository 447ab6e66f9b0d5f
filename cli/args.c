/* Parsing with popt, from the tables of options. */
#include "args.h"

#include "message.h"
#include "translate.h"

#include <errno.h>
#include <math.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const format_words[] = {"text", "json", "csv", "sl", NULL};
static const char *const language_words[] = {"en", "de", NULL};
static const char *const color_words[] = {"auto", "always", "never", NULL};

#define SHARED(member) offsetof(shared_options, member)

static const struct {
    int share;
    option_row row;
} shared_rows[] = {
    {SHARE_RESULT,
     {"format", 'f', OPTION_WORD, SHARED(format), N_("FORMAT"),
      N_("how to write the result: text, json, csv (scenarios: also sl)"), "text",
      format_words, 0, 0}},
    {SHARE_RESULT,
     {"output", 'o', OPTION_FILE, SHARED(output), N_("FILE"),
      N_("write the result to FILE; its suffix decides the format (.json, .csv, .txt), "
         "JSON if it "
         "says nothing"),
      NULL, NULL, 0, 0}},
    {SHARE_SEARCH,
     {"limit", 'n', OPTION_NUMBER, SHARED(limit), N_("N"), N_("stop after N results"),
      N_("none"), NULL, 1, 9e15}},
    {SHARE_SEARCH,
     {"time", 't', OPTION_REAL, SHARED(time), N_("SECONDS"),
      N_("stop after so many seconds and show what is known by then"), N_("none"), NULL,
      0.001, 1e9}},
    {SHARE_SEARCH,
     {"threads", 'j', OPTION_NUMBER, SHARED(threads), N_("N"),
      N_("work with N threads; the answer is the same for any number"),
      N_("one a processor"), NULL, 1, 4096}},
    {SHARE_CHECKPOINT,
     {"checkpoint", 0, OPTION_FILE, SHARED(checkpoint), N_("FILE"),
      N_("keep the work in FILE; the same command goes on from there, however it was "
         "ended"),
      NULL, NULL, 0, 0}},
    {SHARE_SEED,
     {"seed", 's', OPTION_NUMBER, SHARED(seed), N_("N"), N_("seed of all random draws"),
      "1", NULL, 0, 9e15}},
    {SHARE_RESULT,
     {"no-provenance", 0, OPTION_FLAG, SHARED(no_provenance), NULL,
      N_("leave out version, command line and digest, for comparisons"), NULL, NULL, 0,
      0}},
    {SHARE_RESULT,
     {"width", 'w', OPTION_NUMBER, SHARED(width), N_("N"), N_("columns of text"), "80",
      NULL, 40, 1000}},
    {SHARE_RESULT,
     {"ascii", 0, OPTION_FLAG, SHARED(ascii), NULL, N_("text without signs beyond ASCII"),
      NULL, NULL, 0, 0}},
    {SHARE_ALWAYS,
     {"lang", 'l', OPTION_WORD, SHARED(language), N_("LANGUAGE"),
      N_("language of text: en or de"), N_("that of the terminal"), language_words, 0,
      0}},
    {SHARE_ALWAYS,
     {"color", 0, OPTION_WORD, SHARED(color), N_("WHEN"),
      N_("colours: auto, always, never"), "auto", color_words, 0, 0}},
    {SHARE_ALWAYS,
     {"quiet", 'q', OPTION_FLAG, SHARED(quiet), NULL, N_("no notices and no progress"),
      NULL, NULL, 0, 0}},
    {SHARE_ALWAYS,
     {"verbose", 'v', OPTION_FLAG, SHARED(verbose), NULL,
      N_("say on stderr what is being done"), NULL, NULL, 0, 0}},
    {SHARE_ALWAYS,
     {"help", 'h', OPTION_FLAG, SHARED(help), NULL, N_("show this help"), NULL, NULL, 0,
      0}},
};

enum { N_SHARED = sizeof shared_rows / sizeof *shared_rows };

const option_row *shared_row(int share, int index)
{
    for (int i = 0; i < N_SHARED; i++) {
        if ((shared_rows[i].share & (share | SHARE_ALWAYS)) && index-- == 0)
            return &shared_rows[i].row;
    }
    return NULL;
}

const command_row *command_find(const char *name)
{
    for (int i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    }
    return NULL;
}

/* ---- storing one option -------------------------------------------------------------------- */

static bool store_number(const option_row *row, const char *text, double *value)
{
    char *end = NULL;
    errno = 0;
    *value = strtod(text, &end);
    bool fits = row->type == OPTION_REAL || *value == floor(*value);
    if (end != text && *end == '\0' && errno == 0 && fits && *value >= row->low &&
        *value <= row->high)
        return true;
    if (row->type == OPTION_REAL)
        message_misuse(tr("--%s takes a number from %g to %g, not '%s'"), row->name,
                       row->low, row->high, text);
    else
        message_misuse(tr("--%s takes a whole number from %.0f to %.0f, not '%s'"),
                       row->name, row->low, row->high, text);
    return false;
}

static bool store_word(const option_row *row, const char *text, int *value)
{
    char known[256] = "";
    for (int i = 0; row->words[i] != NULL; i++) {
        if (strcmp(row->words[i], text) == 0) {
            *value = i + 1;
            return true;
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                 row->words[i]);
    }
    message_misuse(tr("--%s does not know '%s'; it takes %s"), row->name, text, known);
    return false;
}

static bool store_text(texts *list, const char *text)
{
    const char **grown = realloc(list->items, (size_t)(list->n + 1) * sizeof *grown);
    if (grown == NULL) return false;
    list->items = grown;
    list->items[list->n++] = text;
    return true;
}

static bool store(const option_row *row, void *values, const char *text)
{
    char *member = (char *)values + row->offset;
    double value = 0;
    if (text == NULL && row->type != OPTION_FLAG) return false;
    switch (row->type) {
    case OPTION_FLAG: *(bool *)(void *)member = true; return true;
    case OPTION_TEXT:
    case OPTION_FILE: *(const char **)(void *)member = text; return true;
    case OPTION_TEXTS: return store_text((texts *)(void *)member, text);
    case OPTION_WORD: return store_word(row, text, (int *)(void *)member);
    case OPTION_NUMBER:
        if (!store_number(row, text, &value)) return false;
        *(whole *)(void *)member = (whole){(int64_t)value, true};
        return true;
    case OPTION_REAL:
        if (!store_number(row, text, &value)) return false;
        *(real *)(void *)member = (real){value, true};
        return true;
    }
    return false;
}

/* ---- popt ---------------------------------------------------------------------------------- */

enum { OPTIONS_MOST = 64 };

typedef struct table {
    struct poptOption popt[OPTIONS_MOST];
    const option_row *rows[OPTIONS_MOST];
    bool is_shared[OPTIONS_MOST];
    int n;
} table;

static void add_row(table *t, const option_row *row, bool is_shared)
{
    if (t->n >= OPTIONS_MOST - 1) abort();
    t->popt[t->n].longName = row->name;
    t->popt[t->n].shortName = row->letter;
    t->popt[t->n].argInfo = row->type == OPTION_FLAG ? POPT_ARG_NONE : POPT_ARG_STRING;
    t->popt[t->n].val = t->n + 1;
    t->is_shared[t->n] = is_shared;
    t->rows[t->n++] = row;
}

static void fill_table(table *t, const command_row *command)
{
    memset(t, 0, sizeof *t);
    for (const option_row *row = command->options; row != NULL && row->name != NULL;
         row++)
        add_row(t, row, false);
    for (int i = 0; shared_row(command->shared, i) != NULL; i++)
        add_row(t, shared_row(command->shared, i), true);
}

static const char *name_of_row(const void *context, int i)
{
    return ((const table *)context)->rows[i]->name;
}

static void complain(const table *t, const command_row *command, const char *option,
                     int code)
{
    if (code == POPT_ERROR_NOARG) {
        message_misuse(tr("%s needs an argument"), option);
        return;
    }
    if (code != POPT_ERROR_BADOPT) {
        message_misuse("%s: %s", option, poptStrerror(code));
        return;
    }
    message_misuse(tr("unknown option '%s'"), option);
    const char *written = option + strspn(option, "-");
    int nearest = strlen(written) > 1 ? nearest_name(written, name_of_row, t, t->n) : -1;
    if (nearest >= 0)
        message_note(tr("did you mean --%s?"), t->rows[nearest]->name);
    else
        message_note(tr("'fahrplan help %s' lists the options"), command->name);
}

/* A copy that lives as long as the call. */
static const char *keep(parsed_line *parsed, const char *text)
{
    char **grown = realloc(parsed->kept, (size_t)(parsed->n_kept + 1) * sizeof *grown);
    if (grown == NULL) return "";
    parsed->kept = grown;
    char *copy = strdup(text);
    if (copy != NULL) parsed->kept[parsed->n_kept++] = copy;
    return copy == NULL ? "" : copy;
}

static bool take_arguments(poptContext context, const command_row *command,
                           parsed_line *parsed)
{
    const char **rest = poptGetArgs(context);
    int n = 0;
    while (rest != NULL && rest[n] != NULL) n++;
    parsed->arguments = calloc((size_t)n + 1, sizeof *parsed->arguments);
    if (parsed->arguments == NULL) return false;
    for (int i = 0; i < n; i++) parsed->arguments[i] = keep(parsed, rest[i]);
    parsed->n_arguments = n;
    if (parsed->shared.help || (n >= command->least && n <= command->most)) return true;
    if (n < command->least)
        message_misuse(tr("%s needs %s"), command->name, tr(command->arguments));
    else
        message_misuse(tr("%s takes no further argument '%s'"), command->name,
                       rest[command->most]);
    message_note(tr("usage: fahrplan %s %s"), command->name, tr(command->arguments));
    return false;
}

bool args_parse(const command_row *command, int argc, const char **argv,
                parsed_line *parsed)
{
    table t;
    fill_table(&t, command);
    memset(parsed, 0, sizeof *parsed);
    parsed->values = calloc(1, command->values_size > 0 ? command->values_size : 1);
    poptContext context = poptGetContext("fahrplan", argc, argv, t.popt,
                                         POPT_CONTEXT_NO_EXEC);
    bool fine = context != NULL && parsed->values != NULL;
    int code = 0;
    while (fine && (code = poptGetNextOpt(context)) > 0) {
        int i = code - 1;
        void *values = t.is_shared[i] ? (void *)&parsed->shared : parsed->values;
        char *given = poptGetOptArg(context);
        fine = store(t.rows[i], values, given == NULL ? NULL : keep(parsed, given));
        free(given);
    }
    if (fine && code < -1) {
        complain(&t, command, poptBadOption(context, POPT_BADOPTION_NOALIAS), code);
        fine = false;
    }
    fine = fine && take_arguments(context, command, parsed);
    poptFreeContext(context);
    return fine;
}

void args_release(const command_row *command, parsed_line *parsed)
{
    const option_row *row = parsed->values == NULL ? NULL : command->options;
    for (; row != NULL && row->name != NULL; row++) {
        void *member = (char *)parsed->values + row->offset;
        if (row->type == OPTION_TEXTS) free(((texts *)member)->items);
    }
    for (int i = 0; i < parsed->n_kept; i++) free(parsed->kept[i]);
    free(parsed->kept);
    free(parsed->values);
    free(parsed->arguments);
}
