//! What the compiler calls at the beginning of each basic block of a program.

#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc() {
    ::sched_runtime::computing::block();
}
