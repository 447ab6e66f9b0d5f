/* A document as text for people: headings flush left, what they head indented, fields with aligned
 * labels, sentences wrapped, tables by rules. A partial result says so on its first line; the last
 * line says what to look at next. */
#include "output/document.h"
#include "output/emit_table.h"
#include "output/width.h"
#include "output/words.h"

#include <string.h>

enum { INDENT = 2, LABEL_GAP = 2, LABEL_MOST = 28, WIDTH_LEAST = 24 };

typedef struct writer {
    const fpl_output_options *options;
    fpli_buffer *out;
    int width;
    int indent;
    bool blank_due; /* a blank line stands before the next line */
    bool empty;     /* nothing has been written yet */
    fpl_status status;
} writer;

static void before_line(writer *w)
{
    if (w->blank_due && !w->empty) fpli_put(w->out, "\n");
    w->blank_due = false;
    w->empty = false;
}

/* A paragraph from column `indent` on; the first line has already used `used` columns. */
static void put_wrapped(writer *w, const char *text, int indent, int used, int style)
{
    fpli_line line;
    bool first = true;
    while (fpli_next_line(&text, w->width - indent > 1 ? w->width - indent : 1, &line)) {
        fpli_put_blanks(w->out, first ? indent - used : indent);
        fpli_put_style(w->out, w->options, style);
        fpli_put_bytes(w->out, line.text, line.size);
        if (line.hyphen) fpli_put(w->out, "-");
        fpli_end_style(w->out, w->options, style);
        fpli_put(w->out, "\n");
        first = false;
    }
    if (first) fpli_put(w->out, "\n");
}

static void put_paragraph(writer *w, const char *text, int style)
{
    fpli_buffer plain = {0};
    fpli_put_plain(&plain, text, w->options->ascii);
    fpli_put(&plain, "");
    before_line(w);
    if (plain.broken)
        w->status = FPL_E_MEMORY;
    else
        put_wrapped(w, plain.text, w->indent, 0, style);
    fpli_buffer_clear(&plain);
}

static void put_heading(writer *w, const char *heading)
{
    w->blank_due = true;
    put_paragraph(w, heading, FPLI_STYLE_HEAD);
}

/* ---- fields -------------------------------------------------------------------------------- */

static bool is_shown_field(const fpli_entry *entry)
{
    return entry->kind == FPLI_ENTRY_FIELD && entry->text != NULL;
}

/* The width of the labels of the fields that follow each other from entry on. */
static int label_width(const fpli_entry *entry)
{
    int width = 0;
    for (; entry != NULL && entry->kind == FPLI_ENTRY_FIELD; entry = entry->next) {
        int label = entry->text == NULL ? 0 : fpli_width(entry->text);
        if (label > width) width = label;
    }
    return width < LABEL_MOST ? width : LABEL_MOST;
}

static void put_field(writer *w, const fpli_entry *entry, int labels)
{
    fpli_buffer plain = {0};
    fpli_put_words(&plain, entry->value, w->options);
    fpli_put(&plain, "");
    before_line(w);
    if (plain.broken) {
        w->status = FPL_E_MEMORY;
    } else {
        int start = w->indent + labels + LABEL_GAP,
            used = w->indent + fpli_width(entry->text);
        fpli_put_blanks(w->out, w->indent);
        fpli_put(w->out, entry->text);
        if (used + LABEL_GAP > start &&
            used + LABEL_GAP + fpli_width(plain.text) <= w->width) {
            start =
                used +
                LABEL_GAP; /* a label that is longer than most: the value stands behind */
        } else if (used + LABEL_GAP > start) {
            fpli_put(w->out, "\n");
            used = 0;
        }
        put_wrapped(w, plain.text, start, used, (int)entry->value->tone);
    }
    fpli_buffer_clear(&plain);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static void put_verbatim(writer *w, const char *line)
{
    before_line(w);
    fpli_put_blanks(w->out, w->indent);
    fpli_put_plain(w->out, line, w->options->ascii);
    fpli_put(w->out, "\n");
}

/* Bytes of the words of a command that fit a line; at least one word, however long it is. */
static size_t words_that_fit(const char *command, int width)
{
    size_t taken = strcspn(command, " ");
    while (command[taken] == ' ') {
        const size_t more = taken + 1 + strcspn(command + taken + 1, " ");
        if (fpli_width_n(command, more) > width) break;
        taken = more;
    }
    return taken;
}

/* A command that can be copied: where it is too long for a line, the line ends in a backslash. Words
 * are never cut. */
static void put_command(writer *w, const char *command)
{
    enum { MARGIN = 2 };
    int indent = 2 * INDENT;
    while (*command != '\0') {
        const size_t taken = words_that_fit(command, w->width - indent - MARGIN);
        fpli_put_blanks(w->out, indent);
        fpli_put_style(w->out, w->options, FPL_TONE_STRONG);
        fpli_put_bytes(w->out, command, taken);
        fpli_end_style(w->out, w->options, FPL_TONE_STRONG);
        command += taken;
        while (*command == ' ') command++;
        fpli_put(w->out, *command != '\0' ? " \\\n" : "\n");
        indent = 3 * INDENT;
    }
}

/* "-> Why scenario 4 holds:" and the command, on one line if there is room. */
static void put_next(writer *w, const fpli_entry *entry, bool follows)
{
    fpli_buffer sentence = {0}, command = {0};
    fpli_put(&sentence, w->options->ascii ? "> " : "\xE2\x86\x92 ");
    fpli_put_plain(&sentence, entry->text == NULL ? "" : entry->text, w->options->ascii);
    if (entry->command != NULL) {
        fpli_put(&sentence, ":");
        fpli_put_plain(&command, entry->command, w->options->ascii);
    }
    fpli_put(&command, "");
    if (!follows) w->blank_due = true;
    before_line(w);
    if (sentence.broken || command.broken) {
        w->status = FPL_E_MEMORY;
    } else {
        int used = fpli_width(sentence.text), needed = fpli_width(command.text);
        if (used + 1 + needed <= w->width) {
            fpli_put(w->out, sentence.text);
            put_wrapped(w, command.text, used + 1, used, FPL_TONE_STRONG);
        } else {
            put_wrapped(w, sentence.text, 0, 0, FPL_TONE_PLAIN);
            put_command(w, command.text);
        }
    }
    fpli_buffer_clear(&sentence);
    fpli_buffer_clear(&command);
}

static void put_table(writer *w, const fpl_table *table)
{
    if (!fpli_table_is_visible(table)) return;
    if (table->heading != NULL) put_heading(w, table->heading);
    w->blank_due = table->heading == NULL;
    before_line(w);
    fpl_status status = fpli_emit_table(table, w->options, w->indent, w->width, w->out);
    if (status != FPL_OK) w->status = status;
    w->blank_due = true;
}

/* Whether anything in a section is for people. */
static bool is_visible(const fpl_section *section)
{
    for (const fpli_entry *entry = section->first; entry != NULL; entry = entry->next) {
        bool shown = entry->kind == FPLI_ENTRY_SECTION ? is_visible(entry->section)
                     : entry->kind == FPLI_ENTRY_TABLE
                         ? fpli_table_is_visible(entry->table)
                     : entry->kind == FPLI_ENTRY_FIELD ? entry->text != NULL
                                                       : true;
        if (shown) return true;
    }
    return false;
}

static void put_section(writer *w, const fpl_section *section);

static void put_subsection(writer *w, const fpl_section *section)
{
    if (!is_visible(section)) return;
    int before = w->indent;
    if (section->heading != NULL) {
        put_heading(w, section->heading);
        w->indent += INDENT;
    }
    put_section(w, section);
    w->indent = before;
    w->blank_due = true;
}

static void put_section(writer *w, const fpl_section *section)
{
    int labels = 0;
    fpli_entry_kind last = FPLI_ENTRY_SECTION;
    for (const fpli_entry *entry = section->first; entry != NULL; entry = entry->next) {
        switch (entry->kind) {
        case FPLI_ENTRY_FIELD:
            if (last != FPLI_ENTRY_FIELD) labels = label_width(entry);
            if (is_shown_field(entry)) put_field(w, entry, labels);
            break;
        case FPLI_ENTRY_SAY: put_paragraph(w, entry->text, FPL_TONE_PLAIN); break;
        case FPLI_ENTRY_VERBATIM: put_verbatim(w, entry->text); break;
        case FPLI_ENTRY_NEXT: put_next(w, entry, last == FPLI_ENTRY_NEXT); break;
        case FPLI_ENTRY_TABLE: put_table(w, entry->table); break;
        case FPLI_ENTRY_SECTION: put_subsection(w, entry->section); break;
        }
        last = entry->kind;
    }
}

fpl_status fpli_emit_text(const fpl_document *document, const fpl_output_options *options,
                          fpli_buffer *out)
{
    writer w = {.options = options, .out = out, .empty = true, .status = FPL_OK};
    w.width = options->width <= 0            ? 80
              : options->width < WIDTH_LEAST ? WIDTH_LEAST
                                             : options->width;
    if (document->stop != FPL_COMPLETE) {
        fpli_put_style(out, options, FPL_TONE_ALERT);
        fpli_put(out, fpli_tr(options, N_("stopped:")));
        fpli_end_style(out, options, FPL_TONE_ALERT);
        fpli_put(out, " ");
        const char *why = document->stopped;
        int used = fpli_width(fpli_tr(options, N_("stopped:"))) + 1;
        put_wrapped(&w, why == NULL ? fpli_stop_word(document->stop) : why, used, used,
                    0);
        w.empty = false;
        w.blank_due = true;
    }
    put_section(&w, document->root);
    return w.status;
}
