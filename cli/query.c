/* From options to a query. Names that nobody knows are answered with the nearest known one. */
#include "query.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const reading_words[] = {"see", "do", NULL};

const option_row query_rows[] = {
    {"fix", 0, OPTION_TEXTS, offsetof(query_options, fix), N_("DESCRIPTOR=VARIANT"),
     N_("only scenarios with this variant; may be repeated, or list several with commas"),
     NULL, NULL, 0, 0},
    {"reading", 'r', OPTION_WORD, offsetof(query_options, reading), N_("READING"),
     N_("what --fix means: see, the fixed variants are tested like all others; do, "
        "they are held from outside and not tested"),
     "see", reading_words, 0, 0},
    {"where", 0, OPTION_TEXT, offsetof(query_options, where), N_("FORMULA"),
     N_("only scenarios that satisfy FORMULA, such as \"LEVEL>=L2 and not NEA=crisis\""),
     NULL, NULL, 0, 0},
    {"near", 0, OPTION_REAL, offsetof(query_options, near), N_("L"),
     N_("also scenarios whose inconsistency, the largest tension, is at most L"), "0",
     NULL, 0, 1e9},
    {"near-total", 0, OPTION_REAL, offsetof(query_options, near_total), N_("L"),
     N_("also scenarios whose total tension is at most L"), NULL, NULL, 0, 1e9},
    {"strict", 0, OPTION_FLAG, offsetof(query_options, strict), NULL,
     N_("only scenarios in which every chosen variant is better than its rivals"), NULL,
     NULL, 0, 0},
    {0},
};

/* ---- settings ------------------------------------------------------------------------------ */

typedef struct names {
    const fpl_model *model;
    int descriptor; /* negative: names of descriptors, else of its variants */
} names;

static const char *name_at(const void *context, int i)
{
    const names *n = context;
    const fpl_content *content = fpl_model_content(n->model);
    if (n->descriptor < 0) return content->descriptors.items[i].id;
    return content->descriptors.items[n->descriptor].variants.items[i].id;
}

/* Say what is unknown and what was probably meant. */
static int unknown_name(const char *option, const char *what, const char *written,
                        names known, int n)
{
    message_misuse(tr("%s: %s '%s' is unknown"), option, what, written);
    int nearest = nearest_name(written, name_at, &known, n);
    if (nearest >= 0)
        message_note(tr("did you mean '%s'?"), name_at(&known, nearest));
    else if (n > 0)
        message_note(tr("it knows '%s' to '%s'"), name_at(&known, 0),
                     name_at(&known, n - 1));
    return EXIT_MISUSE;
}

static int find_setting(const char *option, char *descriptor, char *variant,
                        const fpl_model *model, fpl_fixing *fixing)
{
    int d = fpl_model_find_descriptor(model, descriptor);
    if (d < 0)
        return unknown_name(option, tr("descriptor"), descriptor, (names){model, -1},
                            fpl_model_n_descriptors(model));
    int v = fpl_model_find_variant(model, d, variant);
    if (v < 0)
        return unknown_name(option, tr("variant"), variant, (names){model, d},
                            fpl_model_n_variants(model, d));
    *fixing = (fpl_fixing){(uint16_t)d, (uint16_t)v};
    return 0;
}

static char *trim(char *text)
{
    while (isspace((unsigned char)*text)) text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1])) text[--n] = '\0';
    return text;
}

/* Add one "descriptor=variant". */
static int add_setting(const char *option, char *piece, const fpl_model *model,
                       fpl_fixing **fixings, int *n)
{
    char *equals = strchr(piece, '=');
    fpl_fixing fixing = {0};
    if (equals == NULL) {
        message_misuse(tr("%s: '%s' is not of the form DESCRIPTOR=VARIANT"), option,
                       piece);
        return EXIT_MISUSE;
    }
    *equals = '\0';
    int code = find_setting(option, trim(piece), trim(equals + 1), model, &fixing);
    if (code != 0) return code;
    for (int i = 0; i < *n; i++) {
        if ((*fixings)[i].descriptor == fixing.descriptor)
            return message_misuse(tr("%s: descriptor '%s' is given twice"), option,
                                  trim(piece));
    }
    fpl_fixing *grown = realloc(*fixings, (size_t)(*n + 1) * sizeof *grown);
    if (grown == NULL) return EXIT_FAULT;
    *fixings = grown;
    (*fixings)[(*n)++] = fixing;
    return 0;
}

int settings_parse(const char *option, const char *text, const fpl_model *model,
                   fpl_fixing **fixings, int *n)
{
    char *copy = strdup(text), *state = NULL;
    if (copy == NULL) return EXIT_FAULT;
    int code = 0;
    for (char *piece = strtok_r(copy, ",", &state); piece != NULL && code == 0;
         piece = strtok_r(NULL, ",", &state))
        code = add_setting(option, trim(piece), model, fixings, n);
    free(copy);
    return code;
}

static int add_name(const char *option, const char *name, const fpl_model *model,
                    uint16_t **indices, int *n)
{
    const int d = fpl_model_find_descriptor(model, name);
    if (d < 0)
        return unknown_name(option, tr("descriptor"), name, (names){model, -1},
                            fpl_model_n_descriptors(model));
    for (int i = 0; i < *n; i++)
        if ((*indices)[i] == d)
            return message_misuse(tr("%s: descriptor '%s' is given twice"), option, name);
    uint16_t *grown = realloc(*indices, (size_t)(*n + 1) * sizeof *grown);
    if (grown == NULL) return EXIT_FAULT;
    *indices = grown;
    (*indices)[(*n)++] = (uint16_t)d;
    return 0;
}

int names_parse(const char *option, const char *text, const fpl_model *model,
                uint16_t **indices, int *n)
{
    char *copy = strdup(text), *state = NULL;
    if (copy == NULL) return EXIT_FAULT;
    int code = 0;
    for (char *piece = strtok_r(copy, ",", &state); piece != NULL && code == 0;
         piece = strtok_r(NULL, ",", &state))
        code = add_name(option, trim(piece), model, indices, n);
    if (code == 0 && *n == 0) code = message_misuse(tr("%s names no descriptor"), option);
    free(copy);
    return code;
}

int ends_parse(const char *option, const char *text, const fpl_model *model, int ends[2])
{
    char *copy = strdup(text);
    char *comma = copy == NULL ? NULL : strchr(copy, ',');
    int code = copy == NULL ? EXIT_FAULT : 0;
    if (code == 0 && (comma == NULL || strchr(comma + 1, ',') != NULL))
        code = message_misuse(tr("%s: '%s' is not of the form FROM,TO"), option, text);
    if (code == 0) *comma = '\0';
    for (int end = 0; end < 2 && code == 0; end++) {
        const char *name = trim(end == 0 ? copy : comma + 1);
        ends[end] = fpl_model_find_descriptor(model, name);
        if (ends[end] < 0)
            code = unknown_name(option, tr("descriptor"), name, (names){model, -1},
                                fpl_model_n_descriptors(model));
    }
    if (code == 0 && ends[0] == ends[1])
        code = message_misuse(tr("%s: a path leads from one descriptor to another; "
                                 "--loops shows loops"),
                              option);
    free(copy);
    return code;
}

int descriptors_parse(const char *option, const char *text, const fpl_model *model,
                      bool *chosen)
{
    uint16_t *indices = NULL;
    int n = 0;
    const int code = names_parse(option, text, model, &indices, &n);
    for (int i = 0; i < n && code == 0; i++) chosen[indices[i]] = true;
    free(indices);
    return code;
}

/* ---- queries ------------------------------------------------------------------------------- */

int64_t in_units(const real *limit, const fpl_model *model)
{
    return (int64_t)floor(limit->value * fpl_model_denominator(model) + 1e-9);
}

int formula_parse(const char *option, const char *text, const fpl_model *model,
                  fpl_formula **formula)
{
    fpl_error error = call_error();
    if (fpl_formula_parse(model, text, formula, &error) == FPL_OK) return 0;
    snprintf(error.file, sizeof error.file, "%s", option);
    int code = message_error(&error, text);
    return code == EXIT_INPUT ? EXIT_MISUSE : code;
}

typedef struct query_state { /* what a query borrows */
    fpl_fixing *fixed;
    fpl_formula *where;
} query_state;

static void release(query_state *state)
{
    free(state->fixed);
    fpl_formula_free(state->where);
}

/* Make the query; on failure the message is out and the exit code returned, 0 otherwise. */
static int make(const query_options *options, const fpl_model *model, fpl_query *query,
                query_state *state)
{
    memset(query, 0, sizeof *query);
    memset(state, 0, sizeof *state);
    if (options->near.given && options->near_total.given)
        return message_misuse(tr("--near and --near-total exclude each other"));
    if (options->strict && (options->near.given || options->near_total.given))
        return message_misuse(tr("--strict allows no tolerance such as --near"));
    int code = 0, n = 0;
    for (int i = 0; i < options->fix.n && code == 0; i++)
        code = settings_parse("--fix", options->fix.items[i], model, &state->fixed, &n);
    if (code == 0 && options->where != NULL)
        code = formula_parse("--where", options->where, model, &state->where);
    if (code != 0) {
        release(state);
        return code;
    }
    query->reading = options->reading == 2 ? FPL_DO : FPL_SEE;
    query->fixed = state->fixed;
    query->n_fixed = n;
    query->where = state->where;
    query->strict = options->strict;
    query->use_total = options->near_total.given;
    int64_t most = in_units(&options->near, model);
    query->max_inconsistency = most > INT32_MAX ? INT32_MAX : (int32_t)most;
    query->max_total = in_units(&options->near_total, model);
    return 0;
}

int query_run(command_call *call,
              int (*answer)(command_call *, const fpl_model *, const fpl_query *))
{
    fpl_model *model = NULL;
    fpl_query query;
    query_state state;
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    code = make(call->line.values, model, &query, &state);
    if (code == 0) {
        code = answer(call, model, &query);
        release(&state);
    }
    fpl_model_free(model);
    return code;
}

/* ---- one scenario -------------------------------------------------------------------------- */

static int nth_consistent(struct command_call *call, size_t number,
                          const fpl_model *model, uint16_t *z)
{
    fpl_scenarios *found = NULL;
    fpl_limits limits;
    fpl_error error = call_error();
    call_limits(call, &limits);
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &found, &error);
    if (status != FPL_OK) return call_fail(call, &error);
    size_t n = fpl_scenarios_n(found);
    int code = 0;
    if (fpl_scenarios_outcome(found)->stop != FPL_COMPLETE) {
        message_input(
            tr("stopped before all scenarios were found, so they have no numbers "
               "yet; name the scenario by its variants"));
        code = EXIT_STOPPED;
    } else if (number >= 1 && number <= n) {
        memcpy(z, fpl_scenarios_get(found, number - 1),
               (size_t)fpl_model_n_descriptors(model) * sizeof *z);
    } else if (n == 0) {
        code = message_input(tr("the model has no consistent scenario"));
    } else {
        code = message_misuse(tr("there is no scenario %zu; the model has 1 to %zu"),
                              number, n);
    }
    fpl_scenarios_free(found);
    return code;
}

/* Settings over the start; without a start every descriptor must be named. */
static int from_settings(const char *option, const char *text, const fpl_model *model,
                         uint16_t *z, char *title, size_t size)
{
    fpl_fixing *fixings = NULL;
    int n = 0, n_descriptors = fpl_model_n_descriptors(model);
    bool has_start = fpl_model_start(model, z);
    int code = settings_parse(option, text, model, &fixings, &n);
    for (int i = 0; i < n && code == 0; i++)
        z[fixings[i].descriptor] = fixings[i].variant;
    free(fixings);
    if (code == 0 && n < n_descriptors && !has_start) {
        message_misuse(tr("%s names %d of %d descriptors, and the model states no start "
                          "for the others"),
                       option, n, n_descriptors);
        code = EXIT_MISUSE;
    }
    if (n == n_descriptors)
        snprintf(title, size, "%s", tr("The scenario given"));
    else
        snprintf(title, size, tr("The start with %s"), text);
    return code;
}

int scenario_choose(struct command_call *call, const char *option, const char *text,
                    const fpl_model *model, uint16_t *z, char *title, size_t size)
{
    char *end = NULL;
    if (text == NULL && fpl_model_start(model, z)) {
        snprintf(title, size, "%s", tr("The start that the model states"));
        return 0;
    }
    if (text == NULL) text = "1";
    unsigned long long number = strtoull(text, &end, 10);
    if (*text != '-' && end != text && *end == '\0') {
        snprintf(title, size, tr("Consistent scenario %llu"), number);
        return nth_consistent(call, (size_t)number, model, z);
    }
    return from_settings(option, text, model, z, title, size);
}
