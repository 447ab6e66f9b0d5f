/* A ScenarioWizard project between its text and the model. docs/formats.md, section 2.
 *
 * Nothing of a file is lost. What the model holds is read into it. The text that we would
 * write for that model, line by line, is its canonical form; where a line of the file
 * differs (spacing, a label, a quotation mark inside a text), the project remembers both.
 * On writing, the line as it was stands in for the canonical one as long as that is still
 * what would be written: so an edit in the model wins, and everything else comes back
 * byte for byte.
 *
 * This and what has no place in a model (tag, line ends, encoding, sections 3 and 5, the
 * end of the file) is kept under the key x-scw of the model. */
#ifndef FPLI_SCW_H
#define FPLI_SCW_H

#include "base/mem.h"
#include "base/text.h"
#include "io/encoding.h"

#include <fahrplan/io.h>

typedef struct scw_line {  /* a line that differs from its canonical form */
    int number;            /* of the canonical line, from 1 */
    const char *canonical; /* without line end */
    const char
        *original; /* as it stands, line end included; may be empty or several lines */
} scw_line;

typedef struct scw_variant {
    const char *name, *short_name; /* "" if there is none */
    const char *color;             /* six digits; "FFFFFF" if there is none */
    fpl_mark mark;
} scw_variant;

typedef struct scw_descriptor {
    const char *name, *short_name;
    const char *text;
    int first, n_variants; /* of all variants */
    fpl_mark mark;
} scw_descriptor;

typedef struct scw_project {
    fpli_encoding encoding; /* UTF-8 or Windows-1252 */
    bool has_mark;          /* begins with a byte order mark */
    bool crlf;
    const char *tag, *title;
    int n, n_variants; /* descriptors, variants of all */
    scw_descriptor *descriptors;
    scw_variant *variants;
    const char *section3, *section5; /* as they stand, line ends included */
    bool has_colors;                 /* section 4 is not empty */
    int *scores;                     /* n_variants rows of n_variants */
    fpl_mark *row_marks;
    const char *text;   /* of the project */
    const char **texts; /* of the judgement sections, n rows of n */
    int n_texts;        /* texts in the file: 1 + n + n*n, or less in a minimal one */
    const char *end;    /* what follows the texts; NULL: the canonical two lines "#" */
    FPL_LIST(scw_line) odd;
} scw_project;

#define SCW_TAG   "$ ScenarioWizard 4.0"
#define SCW_EXTRA "x-scw"

static inline int scw_n_texts(const scw_project *project)
{
    return 1 + project->n + project->n * project->n;
}

/* Called for each canonical line in turn (number from 1, without line end), and for each
 * part that stands as it is (number 0). */
typedef void scw_sink(void *context, int number, const char *text, size_t size);

/* The canonical text of a project. FPL_E_MEMORY. */
fpl_status scw_put(const scw_project *project, scw_sink *sink, void *context,
                   fpl_error *error);

/* A text as one line: quotation marks replaced, line breaks folded. */
void scw_put_folded(fpli_buffer *buffer, const char *text);

/* Read a text into a project that lives in the arena. */
fpl_status scw_parse(fpli_arena *arena, const char *text, size_t size, const char *name,
                     const fpl_load_options *options, scw_project *project,
                     fpl_error *error);

/* What the project remembers, as the value of x-scw (YAML in flow style), and back.
 * scw_recall is false if the value does not say what it should; the project is as before
 * then. */
fpl_status scw_remember(fpli_arena *arena, const scw_project *project, const char **value,
                        fpl_error *error);
fpl_status scw_recall(fpli_arena *arena, const char *value, scw_project *project,
                      bool *understood, fpl_error *error);

#endif
