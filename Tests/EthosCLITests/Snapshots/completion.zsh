#compdef ethos

__ethos_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__ethos_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __ethos_complete "${completions[@]:0:-1}"
    fi
}

__ethos_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_ethos() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'init:Make a new identity repository from a template'
            'import:Bring commitments in from a document'
            'schema:Print the JSON Schema of a kind of file, or of a bundle'
            'hook:Let git ask ethos before it commits, pushes or receives'
            'driver:Let plain git compare and merge the identity'\''s files by meaning'
            'status:Say where things stand: what is in force, what is changed, which proposals are open'
            'list:List what the identity holds'
            'show:Show one entry, or one of its fields'
            'check:Find what is wrong in the identity: form, references, owners, order of values, authority'
            'diff:Say what changed in meaning'
            'log:List the changes of an entry or field, or of the whole identity, newest first'
            'why:Say who gave a field its value, when, why, and who agreed'
            'blame:Show an entry'\''s file with who gave each line its value, when and why'
            'set:Set one field; only its bytes in the file change'
            'format:Align decision tables and tidy line ends; no meaning changes'
            'retire:Make an entry a tombstone: retired, since a day, for a reason'
            'propose:Put the changed files into a proposal, with the reason'
            'classify:Say what a reworded text means, where no program can'
            'review:Show what a proposal changes, who has agreed, and who is missing'
            'approve:Approve a proposal as it stands'
            'object:Object to a proposal; the objection is kept for ever and must be answered'
            'abstain:Record that you read a proposal and take no side'
            'comment:Say something of a proposal without taking a side'
            'collect:Join the reviews of a proposal to its branch, for a forge to merge'
            'merge:Merge a revision or a proposal into the branch checked out, by meaning'
            'ratify:Merge a proposal that has the approvals it needs'
            'withdraw:Close a proposal for good; a tag keeps it with its reviews'
            'adopt:Ask for a later agreement to a commit that reached the branch in force past its authority'
            'reaffirm:Record that commitments were looked at again and stand'
            'undo:Take back the last record that was made here and not yet pushed'
            'recover:Finish what an interrupted command had begun, or take it back'
            'release:Release the identity in force for a leadership cycle'
            'releases:List the releases and say which is in force, or give the notes of one'
            'handover:Say what changed from one leadership cycle to another'
            'verify:Judge how each state in force came to be: authority, approvals, signatures, dates, releases'
            'decide:Decide one case, and say by which rules and why'
            'test:Run the examples of decisions and prove their assertions'
            'replay:Decide recorded cases under two revisions: who is decided otherwise'
            'audit:Say whether what was decided follows the rules, and whose rules it follows best'
            'systems:Say how far each automated system is from what is in force'
            'export:Write parts of the identity in a form that others read'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        init|import|schema|hook|driver|status|list|show|check|diff|log|why|blame|set|format|retire|propose|classify|review|approve|object|abstain|comment|collect|merge|ratify|withdraw|adopt|reaffirm|undo|recover|release|releases|handover|verify|decide|test|replay|audit|systems|export|help)
            "_ethos_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_ethos_init() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':dir:'
        '--template[The template\: minimal, financial-services, mortgage-lending, software-company or hospital]:template:'
        '--story[Replay the template'\''s history]'
        '--organisation[The organisation'\''s name, in place of the template'\''s]:name:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_import() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'markdown:Make a value of each heading that has an id'
            'dmn:Make a decision of each decision of a DMN model'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        markdown|dmn)
            "_ethos_import_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_ethos_import_markdown() {
    local -i ret=1
    local -ar ___ids=('written' 'slug')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':file:'
        '--owner[The office that owns the new values]:office:'
        '--rank-attribute[The attribute that gives a value its rank]:name:'
        '--ranks[The ranks, highest first, parted by commas]:ranks:'
        '--document[The document'\''s lasting name; the file'\''s name where none is given]:name:'
        '--ids[Where ids come from\: written at the headings, or made of their words (slug)]:ids:{__ethos_complete "${___ids[@]}"}'
        '--because[Why values that are gone are retired]:why:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_import_dmn() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':file:'
        '--owner[The office that owns the new decisions]:office:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_schema() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':kind:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_hook() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'install:Write the hooks; one that is there and not ours stays'
            'run:Answer one hook, as git calls it'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        install|run)
            "_ethos_hook_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_ethos_hook_install() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_hook_run() {
    local -i ret=1
    local -ar _name=('commit-msg' 'pre-push' 'pre-receive' 'post-receive')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:{__ethos_complete "${_name[@]}"}'
        '*:arguments:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_driver() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'install:Write .gitattributes and the repository'\''s configuration; what is there stays'
            'textconv:Print the canonical text of a file: what it means, without its layout'
            'diff:Say what changed in meaning in one file, as git calls it'
            'merge:Merge one file by meaning, as git calls it'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        install|textconv|diff|merge)
            "_ethos_driver_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_ethos_driver_install() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_driver_textconv() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':file:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_driver_diff() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:arguments:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_driver_merge() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':base:'
        ':ours:'
        ':theirs:'
        ':path:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_status() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_list() {
    local -i ret=1
    local -ar _kind=('charter' 'value' 'decision' 'limit' 'exception' 'cycle' 'person' 'system')
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':kind:{__ethos_complete "${_kind[@]}"}'
        '--at[The state to look at]:rev:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_show() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        '--at[The state to look at]:rev:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_check() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'sarif')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--at[The state to check; the work tree when left out]:rev:'
        '--history[Look at the history too\: what was not reaffirmed, ids used again, removals without a tombstone]'
        '--decisions[Analyse the decision tables too\: gaps, collisions, rules that never apply, examples and assertions that fail]'
        '--all[Show notes too, and look at the history and the decision tables]'
        '--format[Form of the answer\: text, json, markdown or sarif]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_diff() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':before:'
        ':after:'
        '--why[Say why, from the history of each change]'
        '--exit-code[Exit with 1 where there are changes]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_log() {
    local -i ret=1
    local -ar ___action=('added' 'removed' 'retired' 'restored' 'strengthened' 'weakened' 'tightened' 'loosened' 'raised' 'lowered' 'widened' 'narrowed' 'reversed' 'reassigned' 'moved' 'renamed' 'reworded' 'clarified' 'changed')
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        '--at[The state to begin from; HEAD when left out]:rev:'
        '--cycle[Only of this leadership cycle]:id:'
        '--by[Only by this person, or by who held this office]:person|office:'
        '--since[Only written on this day or later]:day:'
        '--until[Only written on this day or earlier]:day:'
        '--action[Only of this kind\: weakened, loosened, added, …]:action:{__ethos_complete "${___action[@]}"}'
        '--value[Only what touched this value]:id:'
        '--grep[Only where a reason, a source or a review says this]:words:'
        '--graph[Draw what was ratified, and what each proposal brought]'
        '--limit[At most so many]:n:'
        '--no-index[Read the history itself, without its index\: slower, and the same answer]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_why() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        '--at[The state to ask about; HEAD when left out]:rev:'
        '--no-index[Read the history itself, without its index\: slower, and the same answer]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_blame() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        '--at[The state to ask about; HEAD when left out]:rev:'
        '--no-index[Read the history itself, without its index\: slower, and the same answer]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_set() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        ':value:'
        '--proposal[Write a commit of this proposal instead of the work tree]:name:'
        '--because[Why, for the commit of --proposal]:why:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_format() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:refs:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_retire() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        '--because[Why]:why:'
        '--since[From which day; today when left out]:day:'
        '--proposal[Write a commit of this proposal instead of the work tree]:name:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_propose() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--subject[The subject line; made from the change when left out]:line:'
        '--because[Why]:why:'
        '*--source[What it rests on\: minutes, a regulation, an incident; may be repeated]:source:'
        '*--reason-for[Why one commitment of several changes, as REF=why; may be repeated]:ref=why:'
        '*--co-author[Who wrote it too, as `Name <email>`; may be repeated]:person:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_classify() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':ref:'
        ':action:'
        '--because[Why it is that]:why:'
        '--proposal[The proposal; the one checked out when left out]:name:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_review() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--at[The commit that the proposal must be, as of a pull request]:commit:'
        '--cases[A file of recorded cases\: say what would have become of them]:file:'
        '--decision[The decision that the cases are about, where the proposal changes several]:decision:'
        '*--by[Group the cases by this column; may be repeated]:column:'
        '*--map[The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it]:column=input:'
        '--separator[What parts the columns, where it is not `,`, `;` or a tab]:sign:'
        '--decimal-comma[Numbers are written with a decimal comma]'
        '--strict[Stop at the first malformed record]'
        '--show-cases[Show what stands in the cases that are named, not their rows alone]'
        '--threads[Threads; as many as there are cores when left out]:count:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_approve() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--because[The words to record]:why:'
        '--for[Record what this person decided elsewhere, as in a meeting of the board]:person:'
        '--source[The file that says so, as the minutes; its SHA-256 is recorded]:file:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '*--condition[What must be met before it counts; may be repeated]:words:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_object() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--because[The words to record]:why:'
        '--for[Record what this person decided elsewhere, as in a meeting of the board]:person:'
        '--source[The file that says so, as the minutes; its SHA-256 is recorded]:file:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_abstain() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--because[The words to record]:why:'
        '--for[Record what this person decided elsewhere, as in a meeting of the board]:person:'
        '--source[The file that says so, as the minutes; its SHA-256 is recorded]:file:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_comment() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--because[The words to record]:words:'
        '--on[What it is about, as a reference]:ref:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_collect() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--at[The commit that the proposal must be, as of a pull request]:commit:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_merge() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':revision:'
        '--because[Why; a merge that only brings two sides together needs no reason]:because:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_ratify() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '*--answer[The answer to an objection; may be repeated]:person=why:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_withdraw() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--because[Why]:why:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_adopt() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':commit:'
        '--because[Why it is adopted]:why:'
        '--name[The name of the proposal; `adopt-COMMIT` when left out]:name:'
        '--receipt[The receipt that shows what is wrong, where nothing else does]:file:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_reaffirm() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:refs:'
        '--because[Why they stand]:why:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_undo() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_recover() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--back[Take back what was done of it]'
        '--keep[Leave everything as it is now, and forget the rest]'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_release() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--cycle[The cycle; the one in force when left out]:cycle:'
        '--effective[The day from which it is in force; today when left out]:day:'
        '--title[One line on what it brings]:line:'
        '--retroactive[Allow a day that is past]'
        '--because[Why it takes effect in the past]:why:'
        '--bring-forward[Let it take effect before what another release was to bring later]'
        '--approve[Agree to the release, for another person to make]'
        '--words[With --approve\: the words to record]:text:'
        '(--dry-run -n)'{--dry-run,-n}'[Say what would be done and do nothing]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_releases() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_handover() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':before:'
        ':after:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_verify() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':range:'
        '--receipt[Compare with a receipt, and write it anew]:file:'
        '*--trust[Who has to vouch for the first commit\: a public key, or a person of its people/; may be repeated]:key-or-person:'
        '--threshold[How many of those given with --trust have to vouch; all when left out]:n:'
        '--again[Judge every commit anew, whatever was verified before]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_decide() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':decision:'
        '*:name=value:'
        '--input[Read the facts from a file, or - for standard input]:file:'
        '--at[The rules of this release, revision or day]:rev:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_test() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:decisions:'
        '--at[The rules of this release, revision or day]:rev:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_replay() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':cases:'
        '--decision[The decision]:decision:'
        '--from[The rules before; HEAD when left out]:rev:'
        '--to[The rules after; the work tree when left out]:rev:'
        '*--by[Group the cases by this column; may be repeated]:column:'
        '*--map[The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it]:column=input:'
        '--separator[What parts the columns, where it is not `,`, `;` or a tab]:sign:'
        '--decimal-comma[Numbers are written with a decimal comma]'
        '--strict[Stop at the first malformed record]'
        '--show-cases[Show what stands in the cases that are named, not their rows alone]'
        '--threads[Threads; as many as there are cores when left out]:count:'
        '--exit-code[Exit with 1 where a case is decided otherwise, with 3 where no case could be decided]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_audit() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':log:'
        '--decision[The decision]:decision:'
        '--day[The column of the day of each case]:column:'
        '*--outcome[The column of an output, where its name is another; may be repeated]:column=output:'
        '--reason[The column of the reason why a rule was overridden]:column:'
        '--at[The rules of this release, revision or day, for all cases]:rev:'
        '--against[A table outside of the repository, for all cases\: a decision'\''s file or a DMN model]:file:'
        '--system[The column of the system that decided]:column:'
        '--with-hindsight[Let a release count from its effective day, also before it was made]'
        '*--by[Group the cases by this column; of several, also by all of them together]:column:'
        '--where[The cases that meet this condition\: FEEL over facts and columns]:condition:'
        '--since[The cases of this day and later ones]:day:'
        '*--map-for[The column of an input of one release alone, as --map; may be repeated]:release\:column=input:'
        '--list[Write every departure with its rule and row to this file, as CSV]:file:'
        '--sample[Draw this many departures at random, to look at]:count:'
        '--seed[What the draw begins with\: the same number draws the same]:number:'
        '--sweep[Try out a limit\: which of its values the log follows. Where no range is given, around what it is]:limit\[=from..to\[/step\]\]:'
        '*--map[The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it]:column=input:'
        '--separator[What parts the columns, where it is not `,`, `;` or a tab]:sign:'
        '--decimal-comma[Numbers are written with a decimal comma]'
        '--strict[Stop at the first malformed record]'
        '--show-cases[Show what stands in the cases that are named, not their rows alone]'
        '--threads[Threads; as many as there are cores when left out]:count:'
        '--exit-code[Exit with 1 where a case departs from the rules and no exception accepts it, with 3 where nothing could be decided]'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_systems() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'markdown' 'html')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':system:'
        '--forbid[The level of changes from which on a live system may not be behind\: critical, major, minor or editorial]:forbid:'
        '--cases[Recorded cases, of which it is counted how many are decided otherwise]:file:'
        '*--map[The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it]:column=input:'
        '--separator[What parts the columns, where it is not `,`, `;` or a tab]:sign:'
        '--decimal-comma[Numbers are written with a decimal comma]'
        '--strict[Stop at the first malformed record]'
        '--show-cases[Show what stands in the cases that are named, not their rows alone]'
        '--threads[Threads; as many as there are cores when left out]:count:'
        '--format[Form of the answer\: text, json, markdown or html]:form:{__ethos_complete "${___format[@]}"}'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_export() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'dmn:Write decisions as a DMN 1.5 model'
            'sql:Write a query that replays recorded cases where they lie'
            'bundle:Write all that is in force as one JSON document, without people'
            'prompt:Write what is in force as a constitution for an AI'\''s system prompt'
            'signers:Write the people'\''s SSH keys as a file of allowed signers'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        dmn|sql|bundle|prompt|signers)
            "_ethos_export_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_ethos_export_dmn() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:decisions:'
        '--at[The state to look at]:rev:'
        '(--output -o)'{--output,-o}'[Write to this file]:file:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_export_sql() {
    local -i ret=1
    local -ar ___dialect=('duckdb' 'postgres' 'spark' 'sqlite')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--decision[The decision]:decision:'
        '--from[The rules before; HEAD when left out]:rev:'
        '--to[The rules after; the work tree when left out]:rev:'
        '--dialect[The engine]:dialect:{__ethos_complete "${___dialect[@]}"}'
        '--table[The table of cases]:table:'
        '*--map[The column of an input, where its name is another; may be repeated. Nothing before the sign says that the cases lack it]:column=input:'
        '*--by[Count the cases by this column too; may be repeated]:column:'
        '--typed[The columns have the types of their facts\: compare them as they are, which is faster]'
        '(--output -o)'{--output,-o}'[Write to this file]:file:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_export_bundle() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--at[The state to look at; what is in force today when left out]:rev:'
        '(--output -o)'{--output,-o}'[Write to this file]:file:'
        '--sign[Write a signature beside the file, too\: FILE.sig of an SSH key, FILE.asc of an OpenPGP key]'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_export_prompt() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--audience[Only what addresses this audience]:name:'
        '--at[The state to look at; what is in force today when left out]:rev:'
        '(--output -o)'{--output,-o}'[Write to this file]:file:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_export_signers() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--at[The state to look at]:rev:'
        '-C[Work as if started in this folder]:dir:'
        '--color[Colour\: auto, always or never]:when:{__ethos_complete "${___color[@]}"}'
        '--no-pager[Write to the terminal directly, not through a pager]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_ethos_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _ethos ]]; then
    _ethos "${@}"
else
    compdef _ethos ethos
fi
