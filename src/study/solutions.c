/* ScenarioWizard solution files; docs/formats.md, section 3. Every row keeps the line it
 * came from, so that a file that was read is written byte for byte; rows that are added
 * have our own form. */
#include "base/status.h"
#include "io/encoding.h"
#include "io/scw.h"
#include "model/records.h"

#include <fahrplan/solutions.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct row {
    fpl_solution solution;
    const char *raw; /* with its line end; NULL: made here */
} row;

struct fpl_solutions {
    fpli_arena *arena;
    int n_descriptors;
    FPL_LIST(row) rows;
    fpli_encoding encoding;
    bool has_mark, crlf;
    const char *head;  /* up to the count; NULL: ours */
    const char *count; /* the line of the count as it stands */
    int n_counted;     /* what it says */
    const char *gap;   /* between the count and the first row */
    const char *end;   /* after the last row */
};

fpl_status fpl_solutions_new(int n_descriptors, fpl_solutions **solutions,
                             fpl_error *error)
{
    if (n_descriptors < 1 || n_descriptors > FPL_DESCRIPTORS_MAX)
        return fpli_fail(error, FPL_E_ARGUMENT, "%d descriptors; 1..%d are allowed",
                         n_descriptors, FPL_DESCRIPTORS_MAX);
    fpl_solutions *s = fpli_new(1, sizeof *s);
    if (s == NULL) return fpli_no_memory(error);
    s->arena = fpli_arena_new();
    if (s->arena == NULL) {
        fpli_free(s);
        return fpli_no_memory(error);
    }
    s->n_descriptors = n_descriptors;
    *solutions = s;
    return FPL_OK;
}

void fpl_solutions_free(fpl_solutions *solutions)
{
    if (solutions == NULL) return;
    fpli_arena_free(solutions->arena);
    fpli_free(solutions);
}

size_t fpl_solutions_n(const fpl_solutions *solutions)
{
    return (size_t)solutions->rows.n;
}

int fpl_solutions_n_descriptors(const fpl_solutions *solutions)
{
    return solutions->n_descriptors;
}

const fpl_solution *fpl_solutions_get(const fpl_solutions *solutions, size_t index)
{
    return index < fpl_solutions_n(solutions) ? &solutions->rows.items[index].solution
                                              : NULL;
}

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9') text++;
    return text;
}

static bool is_digits(const char *text)
{
    return *text != '\0' && *skip_digits(text) == '\0';
}

static const char *kept(const fpl_solutions *s, const char *text)
{
    return fpli_arena_text(s->arena, text, strlen(text));
}

fpl_status fpl_solutions_add(fpl_solutions *solutions, const fpl_solution *solution,
                             fpl_error *error)
{
    if (solutions->n_descriptors == 0)
        return fpli_fail(
            error, FPL_E_ARGUMENT,
            "the file that was read is empty: nobody knows how long its rows are");
    const char *weight = solution->weight == NULL ? "0" : solution->weight;
    if (!is_digits(weight))
        return fpli_fail(error, FPL_E_ARGUMENT, "'%s' is no weight; decimal digits are",
                         weight);
    fpl_solution copy = *solution;
    const size_t size = (size_t)solutions->n_descriptors * sizeof *copy.z;
    uint16_t *z = fpli_arena_alloc(solutions->arena, size, 1);
    copy.weight = kept(solutions, weight);
    copy.fourth = kept(solutions, solution->fourth == NULL ? "0" : solution->fourth);
    copy.text = kept(solutions, solution->text == NULL ? "" : solution->text);
    copy.line = 0;
    if (z == NULL || copy.weight == NULL || copy.fourth == NULL || copy.text == NULL)
        return fpli_no_memory(error);
    memcpy(z, solution->z, size);
    copy.z = z;
    row *added = fpli_list_append(solutions->arena, &solutions->rows, sizeof *added);
    if (added == NULL) return fpli_no_memory(error);
    added->solution = copy;
    return FPL_OK;
}

/* ---- clipped weights
 * --------------------------------------------------------------------- */

/* ScenarioWizard counts and prints in single precision: 24 bits, and seven digits. */
bool fpl_solution_weight_is_clipped(const fpl_solution *solution)
{
    enum { EXACT_DIGITS = 8, PRINTED_DIGITS = 7, LONGEST_FLOAT = 39 };
    const char *digits = solution->weight;
    if (!is_digits(digits)) return true; /* 1.677722E+07 */
    while (*digits == '0') digits++;
    const size_t length = strlen(digits);
    if (length < EXACT_DIGITS ||
        (length == EXACT_DIGITS && strcmp(digits, "16777216") < 0))
        return false;
    if (strspn(digits + PRINTED_DIGITS, "0") == length - PRINTED_DIGITS) return true;
    if (length > LONGEST_FLOAT) return false;
    char rounded[64];
    snprintf(rounded, sizeof rounded, "%.0f", (double)strtof(digits, NULL));
    return strcmp(rounded, digits) == 0;
}

/* ---- reading
 * ----------------------------------------------------------------------------- */

typedef struct parsing {
    fpl_solutions *solutions;
    const char *name;
    const char *text, *end;
    const char *line; /* being read */
    const char *stop; /* of its text */
    const char *next;
    const char *at;
    const char *behind; /* the row before */
    int number;
    fpl_error *error;
} parsing;

static bool next_line(parsing *p)
{
    if (p->next >= p->end) return false;
    p->line = p->at = p->next;
    const char *newline = memchr(p->line, '\n', (size_t)(p->end - p->line));
    p->stop = newline == NULL ? p->end : newline;
    p->next = newline == NULL ? p->end : newline + 1;
    if (p->stop > p->line && p->stop[-1] == '\r') p->stop--;
    p->number++;
    return true;
}

static bool is_blank(const parsing *p)
{
    for (const char *c = p->line; c < p->stop; c++)
        if (*c != ' ' && *c != '\t') return false;
    return true;
}

static fpl_status fail_here(const parsing *p, const char *due)
{
    enum { QUOTED = 40 };
    size_t left = (size_t)(p->stop - p->at);
    const char *comma = left == 0 ? NULL : memchr(p->at, ',', left);
    if (comma != NULL && comma > p->at) left = (size_t)(comma - p->at);
    size_t shown = left > QUOTED ? QUOTED : left;
    while (shown < left && ((unsigned char)p->at[shown] & 0xC0) == 0x80) shown--;
    const fpl_mark mark = {
        .line = p->number,
        .column = 1 + (int)fpli_utf8_length(p->line, (size_t)(p->at - p->line)),
        .width = left == 0 ? 1 : (int)fpli_utf8_length(p->at, left)};
    if (left == 0)
        return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                            "%s is due, and the line ends",
                            fpli_translated(p->error, due));
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                        "%s is due, and here stands '%.*s'",
                        fpli_translated(p->error, due), (int)shown, p->at);
}

static fpl_status fail_end(const parsing *p, const char *due)
{
    const fpl_mark mark = {.line = p->number + 1, .column = 1, .width = 1};
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                        "%s is due, and the file ends", fpli_translated(p->error, due));
}

static void skip_blanks(parsing *p)
{
    while (p->at < p->stop && *p->at == ' ') p->at++;
}

static fpl_status parse_head(parsing *p)
{
    static const char *const begins[] = {"$ ScenarioWizard", "Solution set"};
    static const char *const due[] = {N_("the tag '$ ScenarioWizard ..'"),
                                      N_("'Solution set'")};
    fpl_solutions *s = p->solutions;
    for (int i = 0; i < 2; i++) {
        if (!next_line(p)) return fail_end(p, due[i]);
        const size_t size = strlen(begins[i]);
        if ((size_t)(p->stop - p->line) < size || memcmp(p->line, begins[i], size) != 0)
            return fail_here(p, due[i]);
        if (i == 0) s->crlf = p->next - p->stop == 2;
    }
    s->head = fpli_arena_text(s->arena, p->text, (size_t)(p->next - p->text));
    static const char count_due[] = N_("the number of solutions");
    if (!next_line(p)) return fail_end(p, count_due);
    skip_blanks(p);
    char *rest = NULL;
    const long count = *p->at >= '0' && *p->at <= '9' ? strtol(p->at, &rest, 10) : -1;
    if (count < 0 || count > INT32_MAX) return fail_here(p, count_due);
    p->at = rest;
    skip_blanks(p);
    if (p->at < p->stop) return fail_here(p, "the end of the line");
    s->n_counted = (int)count;
    s->count = fpli_arena_text(s->arena, p->line, (size_t)(p->next - p->line));
    return s->head == NULL || s->count == NULL ? fpli_no_memory(p->error) : FPL_OK;
}

static fpl_status parse_variants(parsing *p, int *n, uint16_t *z)
{
    static const char due[] = N_("a list of variant numbers in quotation marks");
    if (p->at >= p->stop || *p->at != '"') return fail_here(p, due);
    p->at++;
    *n = 0;
    for (skip_blanks(p); p->at < p->stop && *p->at != '"'; skip_blanks(p)) {
        int number = 0;
        const char *c = p->at;
        for (; c < p->stop && *c >= '0' && *c <= '9' && number <= FPL_VARIANTS_MAX; c++)
            number = number * 10 + (*c - '0');
        if (c == p->at || number < 1 || number > FPL_VARIANTS_MAX)
            return fail_here(p, "a variant number from 1 to 64");
        if (*n == FPL_DESCRIPTORS_MAX)
            return fail_here(p, "the end of the variant numbers");
        z[(*n)++] = (uint16_t)(number - 1);
        p->at = c;
    }
    if (p->at >= p->stop)
        return fail_here(p, "a quotation mark after the variant numbers");
    p->at++;
    return FPL_OK;
}

static fpl_status take_comma(parsing *p)
{
    skip_blanks(p);
    if (p->at >= p->stop || *p->at != ',') return fail_here(p, "a comma");
    p->at++;
    skip_blanks(p);
    return FPL_OK;
}

/* What stands up to the next comma, without blanks around it. */
static fpl_status parse_field(parsing *p, const char *due, const char **field)
{
    fpl_status status = take_comma(p);
    if (status != FPL_OK) return status;
    const char *end = p->at;
    while (end < p->stop && *end != ',') end++;
    const char *after = end;
    while (end > p->at && end[-1] == ' ') end--;
    if (end == p->at) return fail_here(p, due);
    *field = fpli_arena_text(p->solutions->arena, p->at, (size_t)(end - p->at));
    if (*field == NULL) return fpli_no_memory(p->error);
    p->at = after;
    return FPL_OK;
}

static fpl_status parse_integer(parsing *p, const char *due, int64_t *number)
{
    parsing before = *p;
    const char *field = NULL;
    fpl_status status = parse_field(p, due, &field);
    if (status != FPL_OK) return status;
    take_comma(&before);
    const char *digits = field + (*field == '-' || *field == '+');
    if (!is_digits(digits) || strlen(digits) > 18) return fail_here(&before, due);
    *number = strtoll(field, NULL, 10);
    return FPL_OK;
}

/* Digits, or what single precision makes of them: 1.677722E+07. */
static bool is_weight(const char *text)
{
    const char *at = skip_digits(text);
    if (at == text) return false;
    if (*at == '.') at = skip_digits(at + 1);
    if ((*at == 'E' || *at == 'e') && (at[1] == '+' || at[1] == '-')) {
        const char *power = at + 2;
        at = skip_digits(power);
        if (at == power) return false;
    }
    return *at == '\0';
}

/* All rows are as long as the first. */
static fpl_status check_length(const parsing *p, int n)
{
    fpl_solutions *s = p->solutions;
    if (s->n_descriptors == 0 && n > 0) s->n_descriptors = n;
    if (n == s->n_descriptors && n > 0) return FPL_OK;
    const fpl_mark mark = {
        .line = p->number,
        .column = 1,
        .width = (int)fpli_utf8_length(p->line, (size_t)(p->at - p->line))};
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                        n == 0 ? N_("this row has no variants")
                               : N_("variants in this row: %d, in the first one: %d"),
                        n, s->n_descriptors);
}

/* What stands behind the variants. */
static fpl_status parse_figures(parsing *p, fpl_solution *solution)
{
    fpl_status status = FPL_OK;
    parsing before = *p;
    FPL_TRY(parse_field(p, "a weight", &solution->weight));
    if (!is_weight(solution->weight)) {
        take_comma(&before);
        return fail_here(&before, "a weight in decimal digits");
    }
    FPL_TRY(parse_integer(p, "a whole consistency value", &solution->consistency));
    FPL_TRY(parse_field(p, "the fourth field", &solution->fourth));
    FPL_TRY(parse_integer(p, "a whole total impact score", &solution->tis));
    FPL_TRY(take_comma(p));
    if (p->stop - p->at < 2 || *p->at != '"' || p->stop[-1] != '"')
        return fail_here(p, "a text in quotation marks");
    const size_t size = (size_t)(p->stop - p->at) - 2;
    solution->text = fpli_arena_text(p->solutions->arena, p->at + 1, size);
    if (solution->text == NULL) status = fpli_no_memory(p->error);
out:
    return status;
}

static fpl_status parse_row(parsing *p)
{
    fpl_solutions *s = p->solutions;
    fpl_solution solution = {.line = p->number};
    uint16_t z[FPL_DESCRIPTORS_MAX];
    int n = 0;
    fpl_status status = FPL_OK;
    FPL_TRY(parse_variants(p, &n, z));
    FPL_TRY(check_length(p, n));
    FPL_TRY(parse_figures(p, &solution));
    uint16_t *copy = fpli_arena_alloc(s->arena, (size_t)n, sizeof *copy);
    row *added = fpli_list_append(s->arena, &s->rows, sizeof *added);
    if (copy == NULL || added == NULL) return fpli_no_memory(p->error);
    memcpy(copy, z, (size_t)n * sizeof *copy);
    solution.z = copy;
    added->solution = solution;
    added->raw = fpli_arena_text(s->arena, p->behind, (size_t)(p->next - p->behind));
    if (added->raw == NULL) status = fpli_no_memory(p->error);
out:
    return status;
}

/* Blank lines between rows belong to the row that follows. */
static fpl_status parse_rows(parsing *p)
{
    fpl_solutions *s = p->solutions;
    const char *gap = p->next;
    p->behind = gap;
    while (next_line(p)) {
        if (is_blank(p)) continue;
        if (s->rows.n == 0) {
            s->gap = fpli_arena_text(s->arena, gap, (size_t)(p->line - gap));
            if (s->gap == NULL) return fpli_no_memory(p->error);
            p->behind = p->line;
        }
        fpl_status status = parse_row(p);
        if (status != FPL_OK) return status;
        p->behind = p->next;
    }
    s->end = fpli_arena_text(s->arena, p->behind, (size_t)(p->end - p->behind));
    return s->end == NULL ? fpli_no_memory(p->error) : FPL_OK;
}

static fpl_status check_count(const parsing *p)
{
    const fpl_solutions *s = p->solutions;
    if (s->rows.n == s->n_counted) return FPL_OK;
    const fpl_mark mark = {
        .line = 3, .column = 1, .width = (int)strcspn(s->count, "\r\n")};
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                        "solutions announced: %d, present: %d", s->n_counted, s->rows.n);
}

fpl_status fpl_solutions_read(const char *text, size_t size, const char *name,
                              fpl_solutions **solutions, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_decoded decoded = {0};
    fpl_solutions *s = NULL;
    FPL_TRY(fpli_decode(text, size, name, &decoded, error));
    if (decoded.encoding == FPLI_UTF_16_LE || decoded.encoding == FPLI_UTF_16_BE)
        FPL_TRY(
            fpli_fail_at(error, FPL_E_UNSUPPORTED, name, fpli_start,
                         "the text is UTF-16; a solution file is Windows-1252 or UTF-8"));
    FPL_TRY(fpl_solutions_new(1, &s, error));
    s->n_descriptors = 0; /* the first row tells */
    s->encoding = decoded.encoding;
    s->has_mark = decoded.has_mark;
    s->gap = "";
    parsing p = {.solutions = s,
                 .name = name,
                 .text = decoded.text,
                 .end = decoded.text + decoded.size,
                 .next = decoded.text,
                 .error = error};
    FPL_TRY(parse_head(&p));
    FPL_TRY(parse_rows(&p));
    FPL_TRY(check_count(&p));
    *solutions = s;
    s = NULL;
out:
    fpl_solutions_free(s);
    fpli_free(decoded.text);
    return status;
}

/* ---- writing
 * ----------------------------------------------------------------------------- */

static void put_row(fpli_buffer *buffer, const fpl_solutions *s,
                    const fpl_solution *solution, const char *eol)
{
    fpli_put(buffer, "\"");
    for (int d = 0; d < s->n_descriptors; d++)
        fpli_putf(buffer, " %d", solution->z[d] + 1);
    fpli_putf(buffer, "\",%s,%" PRId64 ",%s,%" PRId64 ",\"", solution->weight,
              solution->consistency, solution->fourth, solution->tis);
    scw_put_folded(buffer, solution->text);
    fpli_putf(buffer, "\"%s", eol);
}

static bool ends_line(const fpli_buffer *buffer)
{
    return buffer->size == 0 || buffer->text[buffer->size - 1] == '\n';
}

static void put_all(fpli_buffer *buffer, const fpl_solutions *s)
{
    const char *eol = s->crlf ? "\r\n" : "\n";
    const bool is_ours = s->head == NULL;
    fpli_put(buffer, is_ours ? "$ ScenarioWizard 3.0\nSolution set\n" : s->head);
    if (is_ours || s->rows.n != s->n_counted)
        fpli_putf(buffer, " %d %s", s->rows.n, eol);
    else
        fpli_put(buffer, s->count);
    if (!buffer->broken && !ends_line(buffer) && s->rows.n > 0) fpli_put(buffer, eol);
    fpli_put(buffer, is_ours || (*s->gap == '\0' && s->n_counted == 0 && s->rows.n > 0)
                         ? eol
                         : s->gap);
    for (int i = 0; i < s->rows.n; i++) {
        const row *r = &s->rows.items[i];
        if (!buffer->broken && !ends_line(buffer)) fpli_put(buffer, eol);
        if (r->raw != NULL)
            fpli_put(buffer, r->raw);
        else
            put_row(buffer, s, &r->solution, eol);
    }
    if (s->end != NULL) fpli_put(buffer, s->end);
}

fpl_status fpl_solutions_write(const fpl_solutions *solutions, char **text, size_t *size,
                               fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_buffer buffer = {0}, encoded = {0};
    uint32_t missing;
    put_all(&buffer, solutions);
    FPL_TRY(buffer.broken ? fpli_no_memory(error) : FPL_OK);
    if (solutions->has_mark) fpli_put(&encoded, "\xEF\xBB\xBF");
    if (solutions->encoding == FPLI_UTF_8 ||
        !fpli_put_windows_1252(&encoded, buffer.text, buffer.size, &missing))
        fpli_put_bytes(&encoded, buffer.text, buffer.size);
    FPL_TRY(fpli_buffer_take(&encoded, text, size, error));
out:
    fpli_buffer_clear(&buffer);
    fpli_buffer_clear(&encoded);
    return status;
}
