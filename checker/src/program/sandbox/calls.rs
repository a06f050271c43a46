//! seccomp: refuses system calls that lead outside and that no learner's program needs.

use std::collections::BTreeMap;

use anyhow::Context;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Compare,
    SeccompCondition as Condition, SeccompFilter, SeccompRule, TargetArch, apply_filter,
};

/// Refused whatever their arguments are. Programs get an error, as if the system forbade the call.
const REFUSED: &[libc::c_long] = &[
    // The network, and sockets on which somebody outside listens. Pairs of sockets are allowed.
    libc::SYS_socket,
    // Other processes' memory, descriptors and execution.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
    libc::SYS_bpf,
    // Calls that pass by a filter.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    // What processes of one user share, apart from files.
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // Other views of the file system.
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    libc::SYS_quotactl,
    // The machine.
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_kexec_file_load,
];

/// Properties of files that Landlock does not control. Neither by name nor by a descriptor: a program
/// has `/dev/null` open, and may open its own executable, and both may belong to its user.
const ATTRIBUTES: &[libc::c_long] = &[
    libc::SYS_fchmod,
    libc::SYS_fchown,
    libc::SYS_fsetxattr,
    libc::SYS_fremovexattr,
    libc::SYS_utimensat,
    libc::SYS_fchmodat,
    /* fchmodat2, the same number everywhere */ 452,
    libc::SYS_fchownat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    /* setxattrat */ 463,
    /* removexattrat */ 466,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utimes,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_futimesat,
];

/// Flags of `clone(2)` that make a namespace.
const NAMESPACES: &[libc::c_int] = &[
    libc::CLONE_NEWNS,
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
];

/// Calls by which a process acts on another one, with the position of the argument that names it.
/// It may act on itself.
const ON_OTHERS: &[(libc::c_long, u8)] = &[
    (libc::SYS_prlimit64, 0),
    (libc::SYS_sched_setaffinity, 0),
    (libc::SYS_sched_setattr, 0),
    (libc::SYS_sched_setparam, 0),
    (libc::SYS_sched_setscheduler, 0),
    (libc::SYS_setpriority, 1),
    (libc::SYS_ioprio_set, 1),
];

/// The bit that selects the x32 interface, which uses the same numbers.
#[cfg(target_arch = "x86_64")]
const X32: i64 = 0x4000_0000;

/// Filters the calls of this thread.
pub(super) fn filter(attributes: bool) -> anyhow::Result<()> {
    // Its flags lie in memory, which a filter cannot read. When it is refused, libc uses `clone`.
    let unknown = refuse([(libc::SYS_clone3, Vec::new())], libc::ENOSYS)?;
    let refused = refuse(rules(attributes)?, libc::EPERM)?;
    for filter in [unknown, refused] {
        apply_filter(&filter).context("failed to install a filter of system calls")?;
    }
    Ok(())
}

fn rules(attributes: bool) -> anyhow::Result<Vec<(i64, Vec<SeccompRule>)>> {
    let mut rules: Vec<(i64, Vec<SeccompRule>)> =
        REFUSED.iter().map(|&call| (call, Vec::new())).collect();
    let namespaces: anyhow::Result<_> = NAMESPACES
        .iter()
        .map(|&flag| {
            let flag = u64::from(flag.unsigned_abs());
            rule(0, Length::Qword, Compare::MaskedEq(flag), flag)
        })
        .collect();
    rules.push((libc::SYS_clone, namespaces?));
    for &(call, place) in ON_OTHERS {
        rules.push((call, vec![rule(place, Length::Dword, Compare::Ne, 0)?]));
    }
    // Everybody at once.
    let everybody = u64::from(u32::MAX);
    rules.push((
        libc::SYS_kill,
        vec![rule(0, Length::Dword, Compare::Eq, everybody)?],
    ));
    if !attributes {
        rules.extend(ATTRIBUTES.iter().map(|&call| (call, Vec::new())));
    }
    Ok(rules)
}

fn rule(place: u8, length: Length, compare: Compare, value: u64) -> anyhow::Result<SeccompRule> {
    let condition = Condition::new(place, length, compare, value)?;
    Ok(SeccompRule::new(vec![condition])?)
}

/// A filter that answers these calls with an error, and lets all others pass.
fn refuse(
    rules: impl IntoIterator<Item = (i64, Vec<SeccompRule>)>,
    error: libc::c_int,
) -> anyhow::Result<BpfProgram> {
    let rules: BTreeMap<i64, Vec<SeccompRule>> = rules.into_iter().collect();
    #[cfg(target_arch = "x86_64")]
    let rules = {
        let twins = rules
            .clone()
            .into_iter()
            .map(|(call, rule)| (call | X32, rule));
        rules.into_iter().chain(twins.collect::<Vec<_>>()).collect()
    };
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let answer = SeccompAction::Errno(error.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, answer, arch)?;
    Ok(filter.try_into()?)
}
