/* Reading the text of a ScenarioWizard project. Every line read is noted in the order of
 * the canonical text, so that afterwards the two can be compared one by one. */
#include "base/status.h"
#include "io/io.h"
#include "io/scw.h"
#include "model/records.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct span { /* of the text: what stands for one canonical line */
    size_t start, end;
} span;

typedef struct parsing {
    fpli_arena *arena;
    const char *name;
    const char *text;
    size_t size;
    size_t at;       /* of the next line */
    int line_number; /* of the next line */
    scw_project *project;
    FPL_LIST(scw_descriptor) descriptors;
    FPL_LIST(scw_variant) variants;
    FPL_LIST(span) spans;
    fpl_error *error;
} parsing;

/* ---- lines
 * ------------------------------------------------------------------------------- */

typedef struct line {
    const char *text; /* without its end; not zero-terminated */
    size_t size;
    size_t start, next; /* in the text */
    int number;
} line;

/* Look at the next line; false at the end of the text. */
static bool peek(const parsing *p, line *l)
{
    if (p->at >= p->size) return false;
    const char *text = p->text + p->at;
    const char *newline = memchr(text, '\n', p->size - p->at);
    l->text = text;
    l->start = p->at;
    l->next = newline == NULL ? p->size : (size_t)(newline - p->text) + 1;
    l->size = newline == NULL ? p->size - p->at : (size_t)(newline - text);
    if (l->size > 0 && text[l->size - 1] == '\r') l->size--;
    l->number = p->line_number;
    return true;
}

static void step_over(parsing *p, const line *l)
{
    p->at = l->next;
    p->line_number++;
}

/* Note that everything from `start` up to the next line stands for the next canonical
 * line. */
static fpl_status note_span(parsing *p, size_t start)
{
    span *s = fpli_list_append(p->arena, &p->spans, sizeof *s);
    if (s == NULL) return fpli_no_memory(p->error);
    *s = (span){start, p->at};
    return FPL_OK;
}

static fpl_status take(parsing *p, const line *l)
{
    step_over(p, l);
    return note_span(p, l->start);
}

static fpl_mark mark_of(const line *l, size_t offset, size_t size)
{
    const fpl_mark mark = {.line = l->number,
                           .column = 1 + (int)fpli_utf8_length(l->text, offset),
                           .width = (int)fpli_utf8_length(l->text + offset, size)};
    return mark;
}

enum { QUOTED_MAX = 60 };

/* How much of a text a message quotes: whole characters. */
static size_t quoted_size(const char *text, size_t size)
{
    if (size <= QUOTED_MAX) return size;
    size_t shown = QUOTED_MAX;
    while (((unsigned char)text[shown] & 0xC0) == 0x80) shown--;
    return shown;
}

/* "due, and here stands '...'", or that the file ends. */
static fpl_status fail_due(const parsing *p, const line *l, const char *due)
{
    if (l == NULL) {
        const fpl_mark mark = {.line = p->line_number, .column = 1, .width = 1};
        return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                            "%s is due, and the file ends",
                            fpli_translated(p->error, due));
    }
    const size_t size = quoted_size(l->text, l->size);
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark_of(l, 0, l->size),
                        "%s is due, and here stands '%.*s%s'",
                        fpli_translated(p->error, due), (int)size, l->text,
                        size < l->size ? "..." : "");
}

/* A copy without the blanks around it. */
static const char *trimmed(parsing *p, const char *text, size_t size)
{
    while (size > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
    return fpli_arena_text(p->arena, text, size);
}

static bool is_terminator(const line *l)
{
    return l->size > 0 && l->text[0] == '#';
}

static fpl_status take_terminator(parsing *p, const char *due)
{
    line l;
    if (!peek(p, &l)) return fail_due(p, NULL, due);
    if (!is_terminator(&l)) return fail_due(p, &l, due);
    return take(p, &l);
}

/* ---- head and section 1
 * ------------------------------------------------------------------ */

static fpl_status parse_head(parsing *p)
{
    static const char *const due[] = {N_("the tag '$ ScenarioWizard ..'"),
                                      N_("the title")};
    const char **members[] = {&p->project->tag, &p->project->title};
    for (int i = 0; i < 2; i++) {
        line l;
        if (!peek(p, &l)) return fail_due(p, NULL, due[i]);
        static const char begin[] = "$ ScenarioWizard";
        if (i == 0 &&
            (l.size < strlen(begin) || memcmp(l.text, begin, strlen(begin)) != 0))
            return fail_due(p, &l, due[i]);
        if (i == 0) p->project->crlf = l.next - l.start == l.size + 2;
        *members[i] = trimmed(p, l.text, l.size);
        if (*members[i] == NULL) return fpli_no_memory(p->error);
        fpl_status status = take(p, &l);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status check_variants(const parsing *p)
{
    const int n = p->descriptors.n;
    if (n == 0 || p->descriptors.items[n - 1].n_variants > 0) return FPL_OK;
    const scw_descriptor *d = &p->descriptors.items[n - 1];
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, d->mark,
                        "descriptor '%s' has no variants", d->name);
}

static fpl_status add_descriptor(parsing *p, const line *l)
{
    fpl_status status = check_variants(p);
    if (status != FPL_OK) return status;
    scw_descriptor *d = fpli_list_append(p->arena, &p->descriptors, sizeof *d);
    if (d == NULL) return fpli_no_memory(p->error);
    d->name = trimmed(p, l->text + 1, l->size - 1);
    d->short_name = d->text = "";
    d->first = p->variants.n;
    d->mark = mark_of(l, 0, l->size);
    return d->name == NULL ? fpli_no_memory(p->error) : FPL_OK;
}

static fpl_status add_variant(parsing *p, const line *l)
{
    size_t dash = 0;
    while (dash < l->size && l->text[dash] == ' ') dash++;
    if (dash == l->size || l->text[dash] != '-')
        return fail_due(p, l, "'&' and a descriptor, ' -' and a variant, or '#'");
    if (p->descriptors.n == 0) return fail_due(p, l, "'&' and a descriptor");
    scw_variant *v = fpli_list_append(p->arena, &p->variants, sizeof *v);
    if (v == NULL) return fpli_no_memory(p->error);
    v->name = trimmed(p, l->text + dash + 1, l->size - dash - 1);
    v->short_name = "";
    v->color = "FFFFFF";
    v->mark = mark_of(l, dash, l->size - dash);
    p->descriptors.items[p->descriptors.n - 1].n_variants++;
    return v->name == NULL ? fpli_no_memory(p->error) : FPL_OK;
}

static fpl_status fail_too_many(const parsing *p, const line *l, const char *what,
                                int limit)
{
    return fpli_fail_at(p->error, FPL_E_MODEL, p->name, mark_of(l, 0, l->size),
                        "there are more than %d %s", limit,
                        fpli_translated(p->error, what));
}

static fpl_status parse_structure(parsing *p)
{
    line l;
    fpl_status status = FPL_OK;
    while (peek(p, &l) && !is_terminator(&l)) {
        if (p->descriptors.n > FPL_DESCRIPTORS_MAX)
            return fail_too_many(p, &l, "descriptors", FPL_DESCRIPTORS_MAX);
        if (p->variants.n > FPL_ALL_VARIANTS_MAX)
            return fail_too_many(p, &l, "variants in all", FPL_ALL_VARIANTS_MAX);
        const bool is_descriptor = l.size > 0 && l.text[0] == '&';
        FPL_TRY(is_descriptor ? add_descriptor(p, &l) : add_variant(p, &l));
        FPL_TRY(take(p, &l));
    }
    FPL_TRY(check_variants(p));
    if (p->descriptors.n == 0)
        return fail_due(p, peek(p, &l) ? &l : NULL, "'&' and a descriptor");
    FPL_TRY(take_terminator(p, "'#' after the structure"));
    p->project->descriptors = p->descriptors.items;
    p->project->variants = p->variants.items;
    p->project->n = p->descriptors.n;
    p->project->n_variants = p->variants.n;
out:
    return status;
}

/* ---- sections 2 to 5
 * ---------------------------------------------------------------------- */

static fpl_status parse_short_name(parsing *p, char begin, const char *due,
                                   const char **short_name)
{
    line l;
    if (!peek(p, &l)) return fail_due(p, NULL, due);
    const bool is_empty = begin == ' ' && l.size == 0;
    if (!is_empty && (l.size == 0 || l.text[0] != begin)) return fail_due(p, &l, due);
    *short_name = is_empty ? "" : trimmed(p, l.text + 1, l.size - 1);
    return *short_name == NULL ? fpli_no_memory(p->error) : take(p, &l);
}

static fpl_status parse_short_names(parsing *p)
{
    fpl_status status = FPL_OK;
    for (int d = 0; d < p->project->n; d++) {
        scw_descriptor *descriptor = &p->project->descriptors[d];
        FPL_TRY(parse_short_name(p, '&', "'&' and the short name of a descriptor",
                                 &descriptor->short_name));
        for (int v = 0; v < descriptor->n_variants; v++)
            FPL_TRY(parse_short_name(
                p, ' ', "a blank and the short name of a variant",
                &p->project->variants[descriptor->first + v].short_name));
    }
    FPL_TRY(take_terminator(p, "'#' after the short names"));
out:
    return status;
}

/* A section that we do not know is kept as it is. */
static fpl_status parse_unknown(parsing *p, const char *due, const char **section)
{
    const size_t start = p->at;
    line l;
    while (peek(p, &l) && !is_terminator(&l)) step_over(p, &l);
    *section = fpli_arena_text(p->arena, p->text + start, p->at - start);
    if (*section == NULL) return fpli_no_memory(p->error);
    return take_terminator(p, due);
}

static bool is_hexadecimal(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Leading zeros may be missing; our form has six capital digits. */
static fpl_status parse_color(parsing *p, const line *l, const char **color)
{
    const char *digits = trimmed(p, l->text, l->size);
    char *six = fpli_arena_text(p->arena, "000000", 6);
    if (digits == NULL || six == NULL) return fpli_no_memory(p->error);
    const size_t n = strlen(digits);
    bool valid = n >= 1 && n <= 6;
    for (size_t i = 0; i < n && valid; i++) {
        valid = is_hexadecimal(digits[i]);
        six[6 - n + i] = digits[i] >= 'a' ? (char)(digits[i] - 'a' + 'A') : digits[i];
    }
    if (!valid) return fail_due(p, l, "a colour of six hexadecimal digits");
    *color = six;
    return take(p, l);
}

static fpl_status parse_colors(parsing *p)
{
    line l;
    fpl_status status = FPL_OK;
    p->project->has_colors = peek(p, &l) && !is_terminator(&l);
    for (int v = 0; v < p->project->n_variants && p->project->has_colors; v++) {
        static const char due[] = N_("a colour for each variant");
        if (!peek(p, &l)) return fail_due(p, NULL, due);
        if (is_terminator(&l)) return fail_due(p, &l, due);
        FPL_TRY(parse_color(p, &l, &p->project->variants[v].color));
    }
    FPL_TRY(take_terminator(p, "'#' after one colour for each variant"));
out:
    return status;
}

/* ---- section 6
 * ---------------------------------------------------------------------------- */

static fpl_status fail_number(const parsing *p, const line *l, size_t from, size_t to,
                              int column)
{
    while (to > from && l->text[to - 1] == ' ') to--;
    while (from < to && l->text[from] == ' ') from++;
    fpl_status status = fpli_fail_at(
        p->error, FPL_E_SYNTAX, p->name, mark_of(l, from, to > from ? to - from : 1),
        from == to ? N_("judgement %d of this row is missing")
                   : N_("judgement %d of this row is '%.*s'"),
        column + 1, (int)quoted_size(l->text + from, to - from), l->text + from);
    fpli_note(p->error, (fpl_mark){0}, "judgements are whole numbers in -%d..%d",
              FPL_SCALE_MAX, FPL_SCALE_MAX);
    return status;
}

static bool parse_number(const char *text, size_t size, int *number)
{
    size_t at = 0;
    while (at < size && text[at] == ' ') at++;
    const bool negative = at < size && text[at] == '-';
    if (at < size && (text[at] == '-' || text[at] == '+')) at++;
    while (at < size && text[at] == ' ') at++;
    int sum = 0;
    const size_t digits = at;
    for (; at < size && text[at] >= '0' && text[at] <= '9'; at++) {
        sum = sum * 10 + (text[at] - '0');
        if (sum > FPL_SCALE_MAX) return false;
    }
    if (at == digits) return false;
    while (at < size && text[at] == ' ') at++;
    *number = negative ? -sum : sum;
    return at == size;
}

static fpl_status parse_row(parsing *p, const line *l, int *scores)
{
    const int T = p->project->n_variants;
    size_t from = 0;
    int n = 0;
    while (from <= l->size) {
        const char *comma = memchr(l->text + from, ',', l->size - from);
        const size_t to = comma == NULL ? l->size : (size_t)(comma - l->text);
        size_t blank = from;
        while (blank < to && l->text[blank] == ' ') blank++;
        if (comma == NULL && blank == to && n > 0) break; /* a comma at the end */
        if (n < T && !parse_number(l->text + from, to - from, &scores[n]))
            return fail_number(p, l, from, to, n);
        n++;
        from = to + 1;
    }
    if (n == T) return FPL_OK;
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark_of(l, 0, l->size),
                        "judgements in this row: %d, variants: %d", n, T);
}

static fpl_status parse_scores(parsing *p)
{
    scw_project *project = p->project;
    const size_t T = (size_t)project->n_variants;
    fpl_status status = FPL_OK;
    project->scores = fpli_arena_alloc(p->arena, T * T, sizeof *project->scores);
    project->row_marks = fpli_arena_alloc(p->arena, T, sizeof *project->row_marks);
    if (project->scores == NULL || project->row_marks == NULL)
        return fpli_no_memory(p->error);
    for (size_t row = 0; row < T; row++) {
        static const char due[] = N_("a row of judgements for each variant");
        line l;
        if (!peek(p, &l)) return fail_due(p, NULL, due);
        if (is_terminator(&l)) return fail_due(p, &l, due);
        FPL_TRY(parse_row(p, &l, project->scores + row * T));
        project->row_marks[row] = mark_of(&l, 0, l.size);
        FPL_TRY(take(p, &l));
    }
    line l;
    FPL_TRY(peek(p, &l) ? take_terminator(p, "'#' after one row for each variant")
                        : note_span(p, p->at));
out:
    return status;
}

/* ---- section 7
 * ---------------------------------------------------------------------------- */

static const char **text_slot(scw_project *project, int index)
{
    if (index == 0) return &project->text;
    if (index <= project->n) return &project->descriptors[index - 1].text;
    return &project->texts[index - 1 - project->n];
}

/* From the first quotation mark of a line to the last one of a line, this one or a later
 * one. */
static fpl_status parse_text(parsing *p, const line *first, const char **text)
{
    line l = *first;
    for (;;) {
        const bool closed = l.text[l.size > 0 ? l.size - 1 : 0] == '"' && l.size > 0 &&
                            (l.start > first->start || l.size > 1);
        step_over(p, &l);
        if (closed) break;
        if (!peek(p, &l) || is_terminator(&l))
            return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark_of(first, 0, 1),
                                "the quotation mark is never closed");
    }
    const char *begin = first->text + 1, *end = l.text + l.size - 1;
    fpli_buffer joined = {0};
    for (const char *c = begin; c < end; c++) /* our texts have line breaks of one kind */
        if (c[0] != '\r' || c[1] != '\n') fpli_put_bytes(&joined, c, 1);
    *text = joined.broken || joined.size == 0
                ? NULL
                : fpli_arena_text(p->arena, joined.text, joined.size);
    const bool no_memory = joined.broken || (joined.size > 0 && *text == NULL);
    fpli_buffer_clear(&joined);
    if (*text == NULL) *text = "";
    return no_memory ? fpli_no_memory(p->error) : note_span(p, first->start);
}

/* A label and its text; *more is false where the texts end. */
static fpl_status parse_labelled_text(parsing *p, const char **text, bool *more)
{
    line label, quoted;
    *more = peek(p, &label);
    if (!*more) return FPL_OK;
    if (!is_terminator(&label) && label.size > 0)
        return fail_due(p, &label, "'#' and the label of a text");
    parsing ahead = *p;
    step_over(&ahead, &label);
    const bool has_text = peek(&ahead, &quoted) && quoted.size > 0 &&
                          quoted.text[0] == '"';
    if (!has_text && label.size <= 1) {
        *more = false;
        return FPL_OK;
    }
    if (!has_text)
        return fail_due(&ahead, peek(&ahead, &quoted) ? &quoted : NULL,
                        "a text in quotation marks");
    if (label.size == 0) return fail_due(p, &label, "'#' and the label of a text");
    fpl_status status = take(p, &label);
    return status == FPL_OK ? parse_text(p, &quoted, text) : status;
}

static fpl_status parse_texts(parsing *p, const fpl_load_options *options)
{
    scw_project *project = p->project;
    const size_t n = (size_t)project->n;
    project->texts = fpli_arena_alloc(p->arena, n * n, sizeof *project->texts);
    if (project->texts == NULL) return fpli_no_memory(p->error);
    project->text = "";
    for (size_t i = 0; i < n * n; i++) project->texts[i] = "";
    bool more = true;
    while (project->n_texts < scw_n_texts(project)) {
        fpl_status status = parse_labelled_text(p, text_slot(project, project->n_texts),
                                                &more);
        if (status != FPL_OK) return status;
        if (!more) break;
        project->n_texts++;
    }
    const size_t start = p->at;
    for (line l; peek(p, &l); step_over(p, &l)) {
        if (l.size == 0 || (l.size == 1 && l.text[0] == '#')) continue;
        fpli_tell(options->notice, options->context, p->error, p->name,
                  mark_of(&l, 0, l.size), "what follows the last text is kept as it is");
        p->at = p->size;
        break;
    }
    project->end = fpli_arena_text(p->arena, p->text + start, p->size - start);
    return project->end == NULL ? fpli_no_memory(p->error) : FPL_OK;
}

/* ---- comparing
 * ---------------------------------------------------------------------------- */

typedef struct comparing {
    parsing *p;
    bool no_memory;
} comparing;

static void compare_line(void *context, int number, const char *text, size_t size)
{
    comparing *c = context;
    if (number == 0 || c->no_memory) return;
    parsing *p = c->p;
    FPL_INVARIANT(number <= p->spans.n);
    const span *s = &p->spans.items[number - 1];
    const char *end = p->project->crlf ? "\r\n" : "\n";
    const char *original = p->text + s->start;
    const size_t length = s->end - s->start, end_size = strlen(end);
    if (length == size + end_size && memcmp(original, text, size) == 0 &&
        memcmp(original + size, end, end_size) == 0)
        return;
    scw_line *odd = fpli_list_append(p->arena, &p->project->odd, sizeof *odd);
    if (odd != NULL) {
        odd->number = number;
        odd->canonical = fpli_arena_text(p->arena, text, size);
        odd->original = fpli_arena_text(p->arena, original, length);
    }
    c->no_memory = odd == NULL || odd->canonical == NULL || odd->original == NULL;
}

/* The usual end is not worth remembering. */
static void compare_end(scw_project *project)
{
    const char *usual = project->crlf ? "#\r\n#\r\n" : "#\n#\n";
    if (project->n_texts != scw_n_texts(project) || strcmp(project->end, usual) != 0)
        return;
    project->end = NULL;
}

static fpl_status compare(parsing *p)
{
    comparing c = {.p = p};
    fpl_status status = scw_put(p->project, compare_line, &c, p->error);
    if (status == FPL_OK && c.no_memory) status = fpli_no_memory(p->error);
    compare_end(p->project);
    return status;
}

/* ---- the whole text
 * ----------------------------------------------------------------------- */

fpl_status scw_parse(fpli_arena *arena, const char *text, size_t size, const char *name,
                     const fpl_load_options *options, scw_project *project,
                     fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_decoded decoded = {0};
    FPL_TRY(fpli_decode(text, size, name, &decoded, error));
    memset(project, 0, sizeof *project);
    project->encoding = decoded.encoding;
    project->has_mark = decoded.has_mark;
    parsing p = {.arena = arena,
                 .name = name,
                 .text = decoded.text,
                 .size = decoded.size,
                 .line_number = 1,
                 .project = project,
                 .error = error};
    if (decoded.encoding == FPLI_UTF_16_LE || decoded.encoding == FPLI_UTF_16_BE)
        FPL_TRY(fpli_fail_at(
            error, FPL_E_UNSUPPORTED, name, fpli_start,
            "the text is UTF-16; a ScenarioWizard project is Windows-1252 or "
            "UTF-8"));
    if (decoded.encoding == FPLI_WINDOWS_1252)
        fpli_tell(options->notice, options->context, error, name,
                  fpli_mark_at(text, fpli_utf8_check(text, size), 1),
                  "the text is not UTF-8 and was read as Windows-1252");
    FPL_TRY(parse_head(&p));
    FPL_TRY(parse_structure(&p));
    FPL_TRY(parse_short_names(&p));
    FPL_TRY(parse_unknown(&p, "'#' after section 3", &project->section3));
    FPL_TRY(parse_colors(&p));
    FPL_TRY(parse_unknown(&p, "'#' after section 5", &project->section5));
    FPL_TRY(parse_scores(&p));
    FPL_TRY(parse_texts(&p, options));
    FPL_TRY(compare(&p));
out:
    fpli_free(decoded.text);
    return status;
}
