function __ethos_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ethos_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ethos_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ethos_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ethos_parse_tokens -S
    set -l unparsed_tokens (__ethos_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ethos'
        __ethos_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'init'
            __ethos_parse_subcommand 1 'template=' 'story' 'organisation=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'import'
            __ethos_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'markdown'
                __ethos_parse_subcommand 1 'owner=' 'rank-attribute=' 'ranks=' 'document=' 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
            end
        case 'schema'
            __ethos_parse_subcommand 1 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'status'
            __ethos_parse_subcommand 0 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'list'
            __ethos_parse_subcommand 1 'at=' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'show'
            __ethos_parse_subcommand 1 'at=' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'check'
            __ethos_parse_subcommand 0 'at=' 'history' 'all' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'diff'
            __ethos_parse_subcommand 2 'why' 'exit-code' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'log'
            __ethos_parse_subcommand 1 'at=' 'limit=' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'why'
            __ethos_parse_subcommand 1 'at=' 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'set'
            __ethos_parse_subcommand 2 'proposal=' 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'format'
            __ethos_parse_subcommand -r 1 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'retire'
            __ethos_parse_subcommand 1 'because=' 'since=' 'proposal=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'propose'
            __ethos_parse_subcommand 1 'subject=' 'because=' 'source=+' 'reason-for=+' 'co-author=+' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'classify'
            __ethos_parse_subcommand 2 'because=' 'proposal=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'review'
            __ethos_parse_subcommand 1 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'approve'
            __ethos_parse_subcommand 1 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'object'
            __ethos_parse_subcommand 1 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'abstain'
            __ethos_parse_subcommand 1 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'ratify'
            __ethos_parse_subcommand 1 'answer=+' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'withdraw'
            __ethos_parse_subcommand 1 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'reaffirm'
            __ethos_parse_subcommand -r 1 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'release'
            __ethos_parse_subcommand 0 'cycle=' 'effective=' 'title=' 'retroactive' 'because=' 'n/dry-run' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'releases'
            __ethos_parse_subcommand 0 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'handover'
            __ethos_parse_subcommand 2 'format=' 'C=' 'color=' 'no-pager' 'version' 'h/help'
        case 'help'
            __ethos_parse_subcommand -r 1 'version'
        end
    end
end

function __ethos_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ethos_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __ethos_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ethos_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ethos_tokens -p)
    if test -z "$(__ethos_tokens -t)"
        set -l index (count (__ethos_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ethos' -f
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'init' -d 'Make a new identity repository from a template'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'import' -d 'Bring commitments in from a document'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'schema' -d 'Print the JSON Schema of a kind of file'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'status' -d 'Say where things stand: what is in force, what is changed, which proposals are open'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'list' -d 'List what the identity holds'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'show' -d 'Show one entry, or one of its fields'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'check' -d 'Find what is wrong in the identity: form, references, owners, order of values, authority'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'diff' -d 'Say what changed in meaning'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'log' -d 'List the changes of an entry or field, or of the whole identity, newest first'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'why' -d 'Say who gave a field its value, when, why, and who agreed'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'set' -d 'Set one field; only its bytes in the file change'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'format' -d 'Align decision tables and tidy line ends; no meaning changes'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'retire' -d 'Make an entry a tombstone: retired, since a day, for a reason'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'propose' -d 'Put the changed files into a proposal, with the reason'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'classify' -d 'Say what a reworded text means, where no program can'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'review' -d 'Show what a proposal changes, who has agreed, and who is missing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'approve' -d 'Approve a proposal as it stands'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'object' -d 'Object to a proposal; the objection is kept for ever and must be answered'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'abstain' -d 'Record that you read a proposal and take no side'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'ratify' -d 'Merge a proposal that has the approvals it needs'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'withdraw' -d 'Close a proposal for good; a tag keeps it with its reviews'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'reaffirm' -d 'Record that commitments were looked at again and stand'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'release' -d 'Release the identity in force for a leadership cycle'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'releases' -d 'List the releases by leadership cycle, and say which is in force'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'handover' -d 'Say what changed from one leadership cycle to another'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" template' -l 'template' -d 'The template: minimal, financial-services, software-company or hospital' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" story' -l 'story' -d 'Replay the template\'s history'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" organisation' -l 'organisation' -d 'The organisation\'s name, in place of the template\'s' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos import" -eq 1' -fa 'markdown' -d 'Make a value of each heading that has an id'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" owner' -l 'owner' -d 'The office that owns the new values' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" rank-attribute' -l 'rank-attribute' -d 'The attribute that gives a value its rank' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" ranks' -l 'ranks' -d 'The ranks, highest first, parted by commas' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" document' -l 'document' -d 'The document\'s lasting name; values of other documents are left alone' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" because' -l 'because' -d 'Why values that are gone are retired' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos import markdown" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos schema" -eq 1' -fka 'charter value decision limit exception cycle person system'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos schema" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos schema" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos schema" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos schema" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos schema" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_positional "ethos list" -eq 1' -fka 'charter value decision limit exception cycle person system'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" at' -l 'at' -d 'The state to look at' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" at' -l 'at' -d 'The state to look at' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" at' -l 'at' -d 'The state to check; the work tree when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" history' -l 'history' -d 'Look at the history too: what was not reaffirmed, ids used again, removals without a tombstone'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" all' -l 'all' -d 'Show notes too, and look at the history'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" format' -l 'format' -d 'Form of the answer: text, json, markdown or sarif' -rfka 'text json markdown sarif'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" why' -l 'why' -d 'Say why, from the history of each change'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" exit-code' -l 'exit-code' -d 'Exit with 1 where there are changes'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos diff" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" at' -l 'at' -d 'The state to begin from; HEAD when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" limit' -l 'limit' -d 'At most so many' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos log" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" at' -l 'at' -d 'The state to ask about; HEAD when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos why" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" proposal' -l 'proposal' -d 'Write a commit of this proposal instead of the work tree' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" because' -l 'because' -d 'Why, for the commit of --proposal' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos format" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" because' -l 'because' -d 'Why' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" since' -l 'since' -d 'From which day; today when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" proposal' -l 'proposal' -d 'Write a commit of this proposal instead of the work tree' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos retire" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" subject' -l 'subject' -d 'The subject line; made from the change when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" because' -l 'because' -d 'Why' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose"' -l 'source' -d 'What it rests on: minutes, a regulation, an incident; may be repeated' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose"' -l 'reason-for' -d 'Why one commitment of several changes, as REF=why; may be repeated' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose"' -l 'co-author' -d 'Who wrote it too, as `Name <email>`; may be repeated' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos propose" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" because' -l 'because' -d 'Why it is that' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" proposal' -l 'proposal' -d 'The proposal; the one checked out when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos classify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos review" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" because' -l 'because' -d 'The words to record' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos approve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" because' -l 'because' -d 'The words to record' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos object" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" because' -l 'because' -d 'The words to record' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos abstain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify"' -l 'answer' -d 'The answer to an objection; may be repeated' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos ratify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" because' -l 'because' -d 'Why' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos withdraw" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" because' -l 'because' -d 'Why they stand' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos reaffirm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" cycle' -l 'cycle' -d 'The cycle; the one in force when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" effective' -l 'effective' -d 'The day from which it is in force; today when left out' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" title' -l 'title' -d 'One line on what it brings' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" retroactive' -l 'retroactive' -d 'Allow a day that is past'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" because' -l 'because' -d 'Why it takes effect in the past' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" dry-run n' -l 'dry-run' -s 'n' -d 'Say what would be done and do nothing'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos release" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos releases" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" format' -l 'format' -d 'Form of the answer: text, json or markdown' -rfka 'text json markdown'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" C' -s 'C' -d 'Work as if started in this folder' -rfka ''
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" color' -l 'color' -d 'Colour: auto, always or never' -rfka 'auto always never'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" no-pager' -l 'no-pager' -d 'Write to the terminal directly, not through a pager'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" version' -l 'version' -d 'Show the version.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos handover" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ethos' -n '__ethos_should_offer_completions_for_flags_or_options "ethos help" version' -l 'version' -d 'Show the version.'
