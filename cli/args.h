/* Options from tables. A row describes one option once; parsing, --help, the manual page and the
 * completion of bash are made from it. */
#ifndef ARGS_H
#define ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Marks a message in a table for the catalogue. */
#define N_(message) message

typedef enum option_type {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_TEXTS,  /* texts: may be given several times */
    OPTION_FILE,   /* const char *, completed as a file name */
    OPTION_NUMBER, /* whole, within low..high */
    OPTION_REAL,   /* real, within low..high */
    OPTION_WORD    /* int: the index into words */
} option_type;

typedef struct texts {
    const char **items;
    int n;
} texts;

typedef struct whole {
    int64_t value;
    bool given;
} whole;

typedef struct real {
    double value;
    bool given;
} real;

typedef struct option_row {
    const char *name; /* long name, without dashes */
    char letter;      /* short name, 0 if none */
    option_type type;
    size_t offset;            /* of the member in the struct of values */
    const char *argument;     /* how help calls the argument: "FILE" */
    const char *help;         /* one sentence, translatable */
    const char *fallback;     /* the default, as help shows it; NULL: none */
    const char *const *words; /* of OPTION_WORD, NULL at the end */
    double low, high;
} option_row;

/* Which of the shared options a command takes. */
enum {
    SHARE_RESULT = 1, /* --format, --output, --no-provenance, --width, --ascii */
    SHARE_SEARCH = 2, /* --limit, --time, --threads */
    SHARE_SEED = 4,
    SHARE_CHECKPOINT = 16, /* --checkpoint */
    SHARE_ALWAYS = 8       /* --lang, --color, --quiet, --verbose, --help */
};

enum {
    FORMAT_UNSTATED = 0, /* the first word of the table */
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_SL
};

typedef struct shared_options {
    int format; /* one of FORMAT_...; 0 if not given */
    const char *output;
    whole width;
    bool ascii;
    bool no_provenance;
    whole limit;
    real time;
    whole threads;
    const char *checkpoint;
    whole seed;
    int language; /* 0: from the environment, 1: en, 2: de */
    int color;    /* 0, 1: auto; 2: always; 3: never */
    bool quiet, verbose, help;
} shared_options;

struct command_call;

typedef struct command_row {
    const char *name;
    const char *arguments; /* "MODEL", as help shows it */
    const char *summary;   /* half a sentence for the list of commands */
    const char
        *description; /* paragraphs for --help and the manual page, "\n" between them */
    const option_row *options; /* the command's own; name NULL at the end; may be NULL */
    size_t values_size;        /* of the struct that the rows fill */
    int shared;                /* SHARE_... */
    int least, most;           /* arguments that are not options */
    bool hidden;
    int (*run)(struct command_call *call);
} command_row;

extern const command_row *const commands[]; /* NULL at the end */

/* Shared options that a command takes, one after the other: index from 0, NULL at the end. */
const option_row *shared_row(int share, int index);

const command_row *command_find(const char *name);

typedef struct parsed_line {
    shared_options shared;
    void *values; /* of the command's own struct */
    const char **arguments;
    int n_arguments;
    char **kept; /* copies of all words */
    int n_kept;
} parsed_line;

/* Parse what stands behind the command's name. On misuse it says so on stderr and returns false.
 * The texts live until
 * args_release. */
bool args_parse(const command_row *command, int argc, const char **argv,
                parsed_line *parsed);

void args_release(const command_row *command, parsed_line *parsed);

/* What the table says, for people. */
void help_overview(void);
void help_command(const command_row *command);
void help_man(const command_row *command); /* NULL: the page of the program */
void help_completion(void);

#endif
