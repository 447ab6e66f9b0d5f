/* Tables as text: a heading line, a rule, rows; no frames. Each column is as wide as its longest
 * text if there is room; else columns give way where it costs the fewest lines: first those that may
 * wrap, then headings, then words are cut.
 *
 * Columns that span (scenarios side by side) have one common width. If they do not fit beside each
 * other they are dealt out in blocks. libsmartcols knows neither spans nor breaks between words nor
 * widths without a locale, so the layout is ours. */
#include "output/emit_table.h"

#include "output/width.h"
#include "output/words.h"

#include <string.h>

enum { GAP = 2, SPAN_GAP = 1, NARROWEST = 4 };

typedef struct grid {
    const fpl_table *table;
    const fpl_output_options *options;
    fpli_buffer *out;
    int indent, room;   /* columns of the terminal for the table itself */
    int *columns;       /* those for people: indices into table->columns */
    int n;              /* their number */
    int n_span;         /* how many of them, at the end, span */
    const char **texts; /* n_rows * n cells */
    char *heap;         /* the texts stand here */
    int *width;         /* n */
    int *least;         /* n: the longest word */
    int *unbroken;      /* n: the longest cell, or word of the heading */
    int per_block;      /* span columns side by side */
} grid;

/* One piece of a line: a cell, or several equal ones. */
typedef struct slot {
    const char *text;
    int width, gap;
    int style;
    bool right, ruled;
} slot;

void fpli_put_blanks(fpli_buffer *out, int n)
{
    for (int i = 0; i < n; i++) fpli_put(out, " ");
}

static const char *const codes[] = {
    [FPL_TONE_STRONG] = "\033[1m", [FPL_TONE_FAINT] = "\033[2m",
    [FPL_TONE_GOOD] = "\033[36m",  [FPL_TONE_ALERT] = "\033[31m",
    [FPLI_STYLE_HEAD] = "\033[1m", [FPLI_STYLE_RULE] = "\033[2m",
};

static const char *code_of(const fpl_output_options *options, int style)
{
    if (!options->color || style < 0 || style >= (int)(sizeof codes / sizeof *codes))
        return NULL;
    return codes[style];
}

void fpli_put_style(fpli_buffer *out, const fpl_output_options *options, int style)
{
    const char *code = code_of(options, style);
    if (code != NULL) fpli_put(out, code);
}

void fpli_end_style(fpli_buffer *out, const fpl_output_options *options, int style)
{
    if (code_of(options, style) != NULL) fpli_put(out, "\033[0m");
}

static bool is_visible(const fpli_column *column)
{
    return column->heading != NULL && !(column->flags & FPL_COLUMN_HIDDEN);
}

bool fpli_table_is_visible(const fpl_table *table)
{
    for (int c = 0; c < table->n_columns; c++) {
        if (is_visible(&table->columns[c])) return true;
    }
    return false;
}

static const fpli_column *column_of(const grid *g, int c)
{
    return &g->table->columns[g->columns[c]];
}

static const char *text_of(const grid *g, size_t row, int c)
{
    return g->texts[row * (size_t)g->n + (size_t)c];
}

/* ---- texts and widths ---------------------------------------------------------------------- */

/* All cells in one block of memory, first their offsets, then, when it moves no more, pointers. */
static fpl_status collect_texts(grid *g)
{
    size_t n_cells = g->table->n_rows * (size_t)g->n;
    fpli_buffer heap = {0};
    size_t *offsets = fpli_new(n_cells, sizeof *offsets);
    g->texts = fpli_new(n_cells, sizeof *g->texts);
    if (offsets != NULL && g->texts != NULL) {
        for (size_t i = 0; i < n_cells; i++) {
            offsets[i] = heap.size;
            int column = g->columns[i % (size_t)g->n];
            fpli_put_words(&heap, fpli_table_cell(g->table, i / (size_t)g->n, column),
                           g->options);
            fpli_put_bytes(&heap, "", 1);
        }
        fpli_put(&heap, "");
        g->heap = heap.text;
        for (size_t i = 0; i < n_cells && !heap.broken; i++)
            g->texts[i] = g->heap + offsets[i];
    }
    bool failed = offsets == NULL || g->texts == NULL || heap.broken;
    if (heap.broken) g->heap = heap.text;
    fpli_free(offsets);
    return failed ? FPL_E_MEMORY : FPL_OK;
}

static void measure(grid *g)
{
    for (int c = 0; c < g->n; c++) {
        const char *heading = column_of(g, c)->heading;
        g->width[c] = fpli_width(heading);
        g->least[c] = g->unbroken[c] = fpli_longest_word(heading);
        for (size_t row = 0; row < g->table->n_rows; row++) {
            int width = fpli_width(text_of(g, row, c));
            int word = fpli_longest_word(text_of(g, row, c));
            if (width > g->width[c]) g->width[c] = width;
            if (word > g->least[c]) g->least[c] = word;
            if (width > g->unbroken[c]) g->unbroken[c] = width;
        }
    }
}

/* Lines that the first rows take if column c is `width` wide and the others stay. */
static long lines_taken(const grid *g, int n, int c, int width)
{
    enum { ROWS_LOOKED_AT = 200 };
    long total = 0;
    size_t n_rows = g->table->n_rows < ROWS_LOOKED_AT ? g->table->n_rows : ROWS_LOOKED_AT;
    for (size_t row = 0; row < n_rows; row++) {
        int tallest = 1;
        for (int k = 0; k < n; k++) {
            const char *rest = text_of(g, row, k);
            fpli_line line;
            int height = 0;
            while (fpli_next_line(&rest, k == c ? width : g->width[k], &line)) height++;
            if (height > tallest) tallest = height;
        }
        total += tallest;
    }
    return total;
}

/* How far a column may shrink: by breaking headings, then texts between words, then words. */
typedef enum pressure {
    BREAK_TEXTS,    /* of columns that wrap, between words */
    BREAK_HEADINGS, /* of the other columns */
    CUT_TEXTS,      /* words of columns that wrap */
    BREAK_ALL,
    CUT_ALL,
    PRESSURE_END
} pressure;

static int floor_of(const grid *g, int c, pressure p)
{
    enum { LEAST_CUT = 10 };
    bool wraps = (column_of(g, c)->flags & FPL_COLUMN_WRAP) != 0;
    int cut = g->least[c] < LEAST_CUT ? g->least[c] : LEAST_CUT;
    if (p == CUT_ALL) return NARROWEST;
    if (wraps) return p >= CUT_TEXTS ? cut : g->least[c];
    return p >= BREAK_ALL        ? g->least[c]
           : p >= BREAK_HEADINGS ? g->unbroken[c]
                                 : g->width[c];
}

/* Take one column of the terminal from where it costs the fewest lines; the widest of equals. */
static bool take_one(grid *g, int n, pressure p)
{
    int best = -1, n_candidates = 0;
    long least = 0;
    for (int c = 0; c < n; c++) n_candidates += g->width[c] > floor_of(g, c, p);
    for (int c = 0; c < n; c++) {
        if (g->width[c] <= floor_of(g, c, p)) continue;
        long lines = n_candidates > 1 ? lines_taken(g, n, c, g->width[c] - 1) : 0;
        bool better = best < 0 || lines < least ||
                      (lines == least && g->width[c] > g->width[best]);
        if (better) {
            best = c;
            least = lines;
        }
    }
    if (best >= 0) g->width[best]--;
    return best >= 0;
}

/* Make the first n columns fit into room. */
static void shrink(grid *g, int n, int room)
{
    int total = GAP * (n - 1);
    for (int c = 0; c < n; c++) total += g->width[c];
    for (pressure p = BREAK_TEXTS; p < PRESSURE_END; p++) {
        while (total > room && take_one(g, n, p)) total--;
    }
}

/* ---- spans --------------------------------------------------------------------------------- */

static bool is_same(const grid *g, size_t row, int a, int b)
{
    return strcmp(text_of(g, row, a), text_of(g, row, b)) == 0;
}

/* The end of the run of equal cells that begins at span column c, within the block that ends. */
static int run_end(const grid *g, size_t row, int c, int block_end)
{
    int end = c + 1;
    while (end < block_end && is_same(g, row, c, end)) end++;
    return end;
}

static int run_width(int length, int width)
{
    return length * width + (length - 1) * SPAN_GAP;
}

/* Whether all texts fit if span columns are `width` wide: whole on one line, or at least word by
 * word. */
static bool span_fits(const grid *g, int width, int per_block, bool whole)
{
    int first = g->n - g->n_span;
    for (size_t row = 0; row < g->table->n_rows; row++) {
        for (int start = first; start < g->n; start += per_block) {
            int block_end = start + per_block < g->n ? start + per_block : g->n;
            for (int c = start, end; c < block_end; c = end) {
                end = run_end(g, row, c, block_end);
                const char *text = text_of(g, row, c);
                int needed = whole ? fpli_width(text) : fpli_longest_word(text);
                if (needed > run_width(end - c, width)) return false;
            }
        }
    }
    return true;
}

static int blocks(int n, int per_block)
{
    return (n + per_block - 1) / per_block;
}

/* The least width at which all words fit gives the fewest blocks; then as much more as the room of
 * those blocks allows and whole texts can use. */
static void lay_spans(grid *g)
{
    int fixed = g->n - g->n_span, used = fixed > 0 ? GAP * fixed : 0;
    for (int c = 0; c < fixed; c++) used += g->width[c];
    int room = g->room - used > NARROWEST ? g->room - used : NARROWEST;
    int width = NARROWEST, least = NARROWEST;
    for (int c = fixed; c < g->n; c++) {
        int heading = fpli_width(column_of(g, c)->heading);
        if (heading > least) least = heading;
    }
    for (width = least; width < room; width++) {
        int fit = (room + SPAN_GAP) / (width + SPAN_GAP);
        if (span_fits(g, width, fit < g->n_span ? fit : g->n_span, false)) break;
    }
    int most = (room + SPAN_GAP) / (width + SPAN_GAP);
    if (most < 1) most = 1;
    if (most > g->n_span) most = g->n_span;
    int n_blocks = blocks(g->n_span, most);
    g->per_block = (g->n_span + n_blocks - 1) / n_blocks; /* blocks of like size */
    while (run_width(g->per_block, width + 1) <= room &&
           !span_fits(g, width, g->per_block, true))
        width++;
    for (int c = fixed; c < g->n; c++) g->width[c] = width;
}

/* ---- lines --------------------------------------------------------------------------------- */

static void put_filler(grid *g, int n)
{
    if (n < 2) {
        fpli_put_blanks(g->out, n);
        return;
    }
    fpli_put(g->out, " ");
    fpli_put_style(g->out, g->options, FPLI_STYLE_RULE);
    for (int i = 1; i < n; i++)
        fpli_put(g->out, g->options->ascii ? "-" : "\xE2\x94\x80");
    fpli_end_style(g->out, g->options, FPLI_STYLE_RULE);
}

/* One line of one slot; returns the blanks that are still due to its right. */
static int put_piece(grid *g, const slot *s, const fpli_line *line, bool first)
{
    int used = line == NULL ? 0 : fpli_width_n(line->text, line->size) + line->hyphen;
    int left = s->width > used ? s->width - used : 0;
    if (line == NULL) return left;
    if (s->right) fpli_put_blanks(g->out, left);
    fpli_put_style(g->out, g->options, s->style);
    fpli_put_bytes(g->out, line->text, line->size);
    if (line->hyphen) fpli_put(g->out, "-");
    fpli_end_style(g->out, g->options, s->style);
    if (s->right) return 0;
    if (!s->ruled || !first) return left;
    put_filler(g, left);
    return 0;
}

/* A row of slots, on as many lines as the longest needs. Nothing stands behind the last text. */
static void put_slots(grid *g, slot *slots, int n)
{
    bool more = true;
    for (bool first = true; more; first = false) {
        int blanks = g->indent;
        more = false;
        for (int i = 0; i < n; i++) {
            fpli_line line;
            bool has = fpli_next_line(&slots[i].text, slots[i].width, &line);
            blanks += slots[i].gap;
            if (has) {
                fpli_put_blanks(g->out, blanks);
                blanks = 0;
            }
            blanks += put_piece(g, &slots[i], has ? &line : NULL, first);
            if (slots[i].text[strspn(slots[i].text, " ")] != '\0') more = true;
        }
        fpli_put(g->out, "\n");
    }
}

static int gap_before(const grid *g, int c)
{
    int first_span = g->n - g->n_span;
    return c == 0 ? 0 : c > first_span ? SPAN_GAP : GAP;
}

static slot cell_slot(const grid *g, int c, const char *text, int style)
{
    bool right = (column_of(g, c)->flags & FPL_COLUMN_RIGHT) != 0;
    return (slot){.text = text,
                  .width = g->width[c],
                  .gap = gap_before(g, c),
                  .style = style,
                  .right = right};
}

static int tone_of(const grid *g, size_t row, int c)
{
    const fpl_value *cell = fpli_table_cell(g->table, row, g->columns[c]);
    return cell == NULL ? FPL_TONE_PLAIN : (int)cell->tone;
}

/* A cell in a joining column is silent if it and all joining columns to its left repeat. */
static bool repeats(const grid *g, size_t row, int c)
{
    if (row == 0 || !(column_of(g, c)->flags & FPL_COLUMN_JOIN)) return false;
    for (int left = 0; left <= c; left++) {
        if (!(column_of(g, left)->flags & FPL_COLUMN_JOIN)) continue;
        if (strcmp(text_of(g, row, left), text_of(g, row - 1, left)) != 0) return false;
    }
    return true;
}

static int fixed_slots(const grid *g, size_t row, slot *slots)
{
    int fixed = g->n - g->n_span;
    for (int c = 0; c < fixed; c++) {
        const char *text = repeats(g, row, c) ? "" : text_of(g, row, c);
        slots[c] = cell_slot(g, c, text, tone_of(g, row, c));
    }
    return fixed;
}

static void put_rule(grid *g, int start, int end)
{
    int fixed = g->n - g->n_span, total = 0;
    for (int c = 0; c < end; c++) {
        if (c < fixed || c >= start)
            total += g->width[c] + (c == start ? (c > 0) * GAP : gap_before(g, c));
    }
    fpli_put_blanks(g->out, g->indent);
    fpli_put_style(g->out, g->options, FPLI_STYLE_RULE);
    for (int i = 0; i < total; i++)
        fpli_put(g->out, g->options->ascii ? "-" : "\xE2\x94\x80");
    fpli_end_style(g->out, g->options, FPLI_STYLE_RULE);
    fpli_put(g->out, "\n");
}

/* Heading line, rule and rows, with the span columns from start to end. */
static void put_block(grid *g, slot *slots, int start, int end)
{
    int fixed = g->n - g->n_span, n = 0;
    for (int c = 0; c < end; c++) {
        if (c >= fixed && c < start) continue;
        slots[n] = cell_slot(g, c, column_of(g, c)->heading, FPLI_STYLE_HEAD);
        if (c == start && c > 0) slots[n].gap = GAP;
        n++;
    }
    put_slots(g, slots, n);
    put_rule(g, start, end);
    for (size_t row = 0; row < g->table->n_rows; row++) {
        n = fixed_slots(g, row, slots);
        for (int c = start, next; c < end; c = next) {
            next = run_end(g, row, c, end);
            slots[n] = cell_slot(g, c, text_of(g, row, c), tone_of(g, row, c));
            slots[n].width = run_width(next - c, g->width[c]);
            slots[n].ruled = next - c > 1;
            if (c == start && c > 0) slots[n].gap = GAP;
            n++;
        }
        put_slots(g, slots, n);
    }
}

static void put_all(grid *g, slot *slots)
{
    int fixed = g->n - g->n_span;
    if (g->n_span == 0) {
        put_block(g, slots, g->n, g->n);
        return;
    }
    for (int start = fixed; start < g->n; start += g->per_block) {
        int end = start + g->per_block < g->n ? start + g->per_block : g->n;
        if (start > fixed) fpli_put(g->out, "\n");
        put_block(g, slots, start, end);
    }
}

/* Columns for people, those that span last. */
static void choose_columns(grid *g)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int c = 0; c < g->table->n_columns; c++) {
            const fpli_column *column = &g->table->columns[c];
            bool spans = (column->flags & FPL_COLUMN_SPAN) != 0;
            if (!is_visible(column) || spans != (pass == 1)) continue;
            g->columns[g->n++] = c;
            g->n_span += spans;
        }
    }
}

fpl_status fpli_emit_table(const fpl_table *table, const fpl_output_options *options,
                           int indent, int width, fpli_buffer *out)
{
    grid g = {.table = table, .options = options, .out = out, .indent = indent};
    size_t n = (size_t)table->n_columns;
    fpl_status status = FPL_E_MEMORY;
    slot *slots = fpli_new(n, sizeof *slots);
    g.columns = fpli_new(n, sizeof *g.columns);
    g.width = fpli_new(n, sizeof *g.width);
    g.least = fpli_new(n, sizeof *g.least);
    g.unbroken = fpli_new(n, sizeof *g.unbroken);
    g.room = width - indent;
    if (slots != NULL && g.columns != NULL && g.width != NULL && g.least != NULL &&
        g.unbroken != NULL) {
        choose_columns(&g);
        status = collect_texts(&g);
    }
    if (status == FPL_OK) {
        measure(&g);
        int fixed = g.n - g.n_span;
        shrink(&g, fixed, g.n_span == 0 ? g.room : g.room * 2 / 5);
        if (g.n_span > 0) lay_spans(&g);
        put_all(&g, slots);
    }
    fpli_free(slots);
    fpli_free(g.columns);
    fpli_free(g.width);
    fpli_free(g.least);
    fpli_free(g.unbroken);
    fpli_free(g.texts);
    fpli_free(g.heap);
    return status;
}
