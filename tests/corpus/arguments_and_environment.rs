//! What a program can learn of its surroundings without telling much.
use std::env;
use std::path::{Path, PathBuf};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    println!("{args:?} {:?}", env::var("NO_SUCH_VARIABLE").is_err());
    let path: PathBuf = ["some", "folder", "file.tar.gz"].iter().collect();
    println!("{} {:?} {:?}", path.display(), path.extension(), path.file_stem());
    println!("{:?}", Path::new("/a/b/../c").components().count());
    println!("{}", env::current_dir().is_ok());
    println!("{}", std::process::id() > 0);
}
