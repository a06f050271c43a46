//! Files: written, read, renamed, listed, removed.
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

fn main() -> io::Result<()> {
    let folder = std::env::temp_dir().join("corpus-files");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let path = folder.join("notes.txt");
    fs::write(&path, "first\nsecond\n")?;
    let mut file = OpenOptions::new().append(true).open(&path)?;
    writeln!(file, "third")?;
    drop(file);
    for (number, line) in BufReader::new(File::open(&path)?).lines().enumerate() {
        println!("{number}: {}", line?);
    }
    let mut file = File::open(&path)?;
    file.seek(SeekFrom::Start(6))?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    println!("{text:?} {}", fs::metadata(&path)?.len());
    fs::rename(&path, folder.join("renamed.txt"))?;
    let names: Vec<_> = fs::read_dir(&folder)?.map(|e| e.unwrap().file_name()).collect();
    println!("{names:?} {:?}", File::open(&path).map_err(|e| e.kind()).err());
    fs::remove_dir_all(&folder)
}
