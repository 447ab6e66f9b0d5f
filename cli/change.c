/* Reading a change. Ids may hold dots, so the model decides where a descriptor ends and its variant
 * begins. */
#include "change.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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
    message_note(tr("for example 'CONF.easing->LEVEL = 3 0 -1 -2', or "
                    "'CONF.easing->LEVEL.L2 = 1' for one value"));
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
        if (c->n == FPL_VARIANTS_MAX)
            return message_misuse(tr("there are more than %d scores"), FPL_VARIANTS_MAX);
        if (!parse_score(piece, &c->scores[c->n++]))
            return message_misuse(tr("'%s' is not a score"), piece);
    }
    return c->n > 0 ? 0 : bad_form();
}

/* Cut "CONF.easing" at the dot that makes both halves known. */
static bool split(char *text, const fpl_model *model, int *descriptor, int *variant)
{
    for (char *dot = strchr(text, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        *dot = '\0';
        *descriptor = fpl_model_find_descriptor(model, text);
        *variant = fpl_model_find_variant(model, *descriptor, dot + 1);
        *dot = '.';
        if (*variant >= 0) return true;
    }
    return false;
}

static int parse_target(char *text, const fpl_model *model, change *c)
{
    c->to_variant = -1;
    c->to = fpl_model_find_descriptor(model, text);
    if (c->to >= 0 || split(text, model, &c->to, &c->to_variant)) return 0;
    if (strchr(text, '.') != NULL)
        return message_misuse(tr("'%s' is no DESCRIPTOR.VARIANT of the model"), text);
    return message_misuse(tr("the model has no descriptor '%s'"), text);
}

static int parse(char *text, const fpl_model *model, change *c)
{
    char *arrow = strstr(text, "->");
    char *equals = arrow == NULL ? NULL : strchr(arrow, '=');
    if (equals == NULL) return bad_form();
    *arrow = *equals = '\0';
    char *source = trimmed(text);
    if (strchr(source, '.') == NULL) return bad_form();
    if (!split(source, model, &c->from, &c->from_variant))
        return message_misuse(tr("'%s' is no DESCRIPTOR.VARIANT of the model"), source);
    char *target = trimmed(arrow + 2);
    int code = parse_target(target, model, c);
    if (code == 0) code = parse_scores(equals + 1, c);
    const int due = c->to_variant >= 0 ? 1
                    : code == 0        ? fpl_model_n_variants(model, c->to)
                                       : 0;
    if (code == 0 && c->n != due)
        code = message_misuse(tr("variants of '%s': %d, scores given: %d"), target, due,
                              c->n);
    return code;
}

int change_parse(const char *text, const fpl_model *model, change *c)
{
    char *copy = strdup(text);
    *c = (change){.to_variant = -1};
    if (copy == NULL) return EXIT_FAULT;
    const int code = parse(copy, model, c);
    free(copy);
    return code;
}
