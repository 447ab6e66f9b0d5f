/* version, and the hidden generators of manual pages and completion. */
#include "commands.h"

#include <string.h>

static int run_version(command_call *call)
{
    fpl_document *document = NULL;
    fpl_error error = call_error();
    if (fpl_result_version(&call->words, &document, &error) != FPL_OK)
        return call_fail(call, &error);
    return call_emit(call, document, NULL, EXIT_ANSWERED);
}

const command_row command_version = {
    .name = "version",
    .arguments = "",
    .summary = N_("which version this is, and what it was built with"),
    .description = N_("Show the version of the program and what this build can do."),
    .shared = SHARE_RESULT,
    .run = run_version,
};

static int run_man(command_call *call)
{
    const command_row *command = NULL;
    if (call->line.n_arguments > 0) {
        command = command_find(call->line.arguments[0]);
        if (command == NULL)
            return message_misuse(tr("unknown command '%s'"), call->line.arguments[0]);
    }
    help_man(command);
    return EXIT_ANSWERED;
}

const command_row command_man = {
    .name = "man",
    .arguments = N_("[COMMAND]"),
    .summary = N_("write a manual page in roff"),
    .description = N_(
        "Write the manual page of the program or of a command, for man -l."),
    .shared = SHARE_ALWAYS,
    .most = 1,
    .hidden = true,
    .run = run_man,
};

static int run_completion(command_call *call)
{
    if (strcmp(call->line.arguments[0], "bash") != 0)
        return message_misuse(tr("completion is made for bash, not for '%s'"),
                              call->line.arguments[0]);
    help_completion();
    return EXIT_ANSWERED;
}

const command_row command_completion = {
    .name = "completion",
    .arguments = "bash",
    .summary = N_("write the completion of a shell"),
    .description = N_(
        "Write the completion for bash; source it, or put it where bash looks."),
    .shared = SHARE_ALWAYS,
    .least = 1,
    .most = 1,
    .hidden = true,
    .run = run_completion,
};
