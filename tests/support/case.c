/* Reading a case line by line: the first word says what the line holds. */
#include "support/case.h"

#include "support/check.h"

#include <ctype.h>

typedef struct reading {
    const char *name;
    char *rest; /* of the text */
    int line_number;
    fpl_builder *builder;
    int variants[FPL_DESCRIPTORS_MAX];
    int n_descriptors;
    int n_all_variants;
    int scale;
} reading;

/* The next line without its end; NULL at the end of the text. */
static char *next_line(reading *r)
{
    char *line = r->rest;
    if (*line == '\0') return NULL;
    char *end = strchr(line, '\n');
    r->rest = end == NULL ? line + strlen(line) : end + 1;
    if (end != NULL) *end = '\0';
    r->line_number++;
    return line;
}

static char *expect_line(reading *r)
{
    char *line = next_line(r);
    if (line == NULL) fail_msg("%s ends too early", r->name);
    return line;
}

static long expect_number(reading *r, char **text)
{
    char *end = *text;
    long value = strtol(*text, &end, 10);
    if (end == *text)
        fail_msg("%s:%d: a number is due at '%s'", r->name, r->line_number, *text);
    *text = end;
    return value;
}

static void ok(reading *r, fpl_status status, const fpl_error *error)
{
    if (status != FPL_OK) fail_msg("%s:%d: %s", r->name, r->line_number, error->message);
}

/* ---- descriptors
 * ------------------------------------------------------------------------- */

static void add_descriptor(reading *r, const char *name, char **variants, int n)
{
    char id[16], ids[FPL_VARIANTS_MAX][16];
    fpl_error error = {0};
    fpl_phrase phrase = {"", name}, phrases[FPL_VARIANTS_MAX];
    fpl_variant items[FPL_VARIANTS_MAX] = {0};
    assert_true(n <= FPL_VARIANTS_MAX && r->n_descriptors < FPL_DESCRIPTORS_MAX);
    for (int v = 0; v < n; v++) {
        snprintf(ids[v], sizeof ids[v], "v%d", v + 1);
        phrases[v] = (fpl_phrase){"", variants[v]};
        items[v].id = ids[v];
        items[v].name.items = &phrases[v];
        items[v].name.n = 1;
    }
    snprintf(id, sizeof id, "D%d", r->n_descriptors + 1);
    fpl_descriptor d = {.id = id, .name = {&phrase, 1}};
    d.variants.items = items;
    d.variants.n = n;
    ok(r, fpl_builder_add(r->builder, FPL_RECORD_DESCRIPTOR, &d, &error), &error);
    r->variants[r->n_descriptors++] = n;
    r->n_all_variants += n;
}

static void read_descriptor(reading *r, const char *name)
{
    char *variants[FPL_VARIANTS_MAX];
    int n = 0;
    while (strncmp(r->rest, "V ", 2) == 0) {
        assert_true(n < FPL_VARIANTS_MAX);
        variants[n++] = expect_line(r) + 2;
    }
    add_descriptor(r, name, variants, n);
}

/* ---- judgements
 * -------------------------------------------------------------------------- */

static void read_section(reading *r, const int *matrix, const int *offset, int i, int j)
{
    const int n_rows = r->variants[i], n_columns = r->variants[j];
    fpl_scores rows[FPL_VARIANTS_MAX] = {0};
    fpl_decimal values[FPL_VARIANTS_MAX * FPL_VARIANTS_MAX] = {0};
    char from[16], to[16], ids[FPL_VARIANTS_MAX][16];
    bool any = false;
    for (int a = 0; a < n_rows; a++) {
        snprintf(ids[a], sizeof ids[a], "v%d", a + 1);
        rows[a].variant.id = ids[a];
        rows[a].values.items = &values[a * n_columns];
        rows[a].values.n = n_columns;
        for (int b = 0; b < n_columns; b++) {
            int score = matrix[(offset[i] + a) * r->n_all_variants + offset[j] + b];
            values[a * n_columns + b].value = score;
            any = any || score != 0;
        }
    }
    if (!any) return;
    snprintf(from, sizeof from, "D%d", i + 1);
    snprintf(to, sizeof to, "D%d", j + 1);
    fpl_error error = {0};
    fpl_impact impact = {.from = {.id = from}, .to = {.id = to}};
    impact.scores.items = rows;
    impact.scores.n = n_rows;
    ok(r, fpl_builder_add(r->builder, FPL_RECORD_IMPACT, &impact, &error), &error);
}

static void read_matrix(reading *r, char *rest)
{
    const int T = (int)expect_number(r, &rest);
    if (T != r->n_all_variants)
        fail_msg("%s: %d variants, but a matrix of %d", r->name, r->n_all_variants, T);
    int *matrix = calloc((size_t)T * (size_t)T, sizeof *matrix);
    int offset[FPL_DESCRIPTORS_MAX + 1] = {0};
    assert_non_null(matrix);
    for (int row = 0; row < T; row++) {
        char *line = expect_line(r);
        for (int column = 0; column < T; column++) {
            const int score = (int)expect_number(r, &line);
            matrix[row * T + column] = score;
            if (abs(score) > r->scale) r->scale = abs(score);
        }
        while (isspace((unsigned char)*line)) line++;
        if (*line != '\0') fail_msg("%s:%d: too many numbers", r->name, r->line_number);
    }
    for (int d = 0; d < r->n_descriptors; d++) offset[d + 1] = offset[d] + r->variants[d];
    for (int i = 0; i < r->n_descriptors; i++)
        for (int j = 0; j < r->n_descriptors; j++) read_section(r, matrix, offset, i, j);
    free(matrix);
}

/* ---- solutions
 * --------------------------------------------------------------------------- */

static void read_word(reading *r, char **text, char *word, size_t room)
{
    size_t length = 0;
    while (**text == ' ' || **text == '|') (*text)++;
    while (**text != '\0' && !isspace((unsigned char)**text)) {
        if (length + 1 >= room)
            fail_msg("%s:%d: too long a word", r->name, r->line_number);
        word[length++] = *(*text)++;
    }
    word[length] = '\0';
    if (length == 0) fail_msg("%s:%d: a field is missing", r->name, r->line_number);
}

static void expect_bar(reading *r, char **text)
{
    while (**text == ' ') (*text)++;
    if (**text != '|')
        fail_msg("%s:%d: '|' is due at '%s'", r->name, r->line_number, *text);
    (*text)++;
}

static void read_solution(reading *r, char *line, case_solution *solution)
{
    solution->z = calloc((size_t)r->n_descriptors, sizeof *solution->z);
    assert_non_null(solution->z);
    for (int d = 0; d < r->n_descriptors; d++) {
        const long number = expect_number(r, &line);
        if (number < 1 || number > r->variants[d])
            fail_msg("%s:%d: no variant %ld", r->name, r->line_number, number);
        solution->z[d] = (uint16_t)(number - 1);
    }
    expect_bar(r, &line);
    solution->consistency = expect_number(r, &line);
    expect_bar(r, &line);
    solution->tis = expect_number(r, &line);
    expect_bar(r, &line);
    read_word(r, &line, solution->basin, sizeof solution->basin);
    if (strchr(line, '|') == NULL) { /* without a printed weight */
        strcpy(solution->weight, "-");
        return;
    }
    expect_bar(r, &line);
    read_word(r, &line, solution->weight, sizeof solution->weight);
}

static void read_solutions(reading *r, char *rest, case_solutions *solutions)
{
    const int n = (int)expect_number(r, &rest);
    solutions->items = calloc((size_t)n + 1, sizeof *solutions->items);
    assert_non_null(solutions->items);
    for (solutions->n = 0; solutions->n < n; solutions->n++)
        read_solution(r, expect_line(r), &solutions->items[solutions->n]);
}

/* ---- whole files
 * -------------------------------------------------------------------------- */

static void read_lines(reading *r, case_solutions *solutions)
{
    fpl_phrase title = {"", NULL};
    for (char *line; (line = next_line(r)) != NULL;) {
        char *rest = strchr(line, ' ');
        rest = rest == NULL ? line + strlen(line) : rest + 1;
        if (*line == '%' || *line == '\0') continue;
        if (strncmp(line, "TITLE ", 6) == 0)
            title.text = rest;
        else if (strncmp(line, "D ", 2) == 0)
            read_descriptor(r, rest);
        else if (strncmp(line, "SPACE ", 6) == 0)
            read_word(r, &rest, solutions->space, sizeof solutions->space);
        else if (strncmp(line, "MATRIX ", 7) == 0)
            read_matrix(r, rest);
        else if (strncmp(line, "SOLUTIONS ", 10) == 0)
            read_solutions(r, rest, solutions);
        else if (strncmp(line, "CYCLIC ", 7) == 0)
            read_word(r, &rest, solutions->cyclic, sizeof solutions->cyclic);
        else if (strcmp(line, "END") == 0)
            break;
        else
            fail_msg("%s:%d: what is '%s'?", r->name, r->line_number, line);
    }
    fpl_error error = {0};
    fpl_content header = {.scale = {r->scale, true}};
    header.title.items = &title;
    header.title.n = title.text != NULL;
    ok(r, fpl_builder_set_header(r->builder, &header, &error), &error);
}

fpl_model *case_model(const char *name, case_solutions *solutions)
{
    size_t size = 0;
    char *text = case_file(name, &size);
    case_solutions found = {.cyclic = "-"};
    reading *r = calloc(1, sizeof *r);
    fpl_model *model = NULL;
    fpl_error error = {0};
    assert_non_null(r);
    r->name = name;
    r->rest = text;
    r->scale = 3;
    assert_int_equal(fpl_builder_new(&r->builder, &error), FPL_OK);
    read_lines(r, &found);
    ok(r, fpl_builder_build(r->builder, &model, &error), &error);
    found.n_descriptors = r->n_descriptors;
    fpl_builder_free(r->builder);
    free(r);
    free(text);
    if (solutions != NULL)
        *solutions = found;
    else
        case_solutions_clear(&found);
    return model;
}

void case_solutions_clear(case_solutions *solutions)
{
    for (int i = 0; i < solutions->n; i++) free(solutions->items[i].z);
    free(solutions->items);
    memset(solutions, 0, sizeof *solutions);
}
