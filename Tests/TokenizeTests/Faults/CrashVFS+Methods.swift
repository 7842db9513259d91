import GRDBSQLite

// What is done to an open file of a disk: the system does it, and the disk notes it.
extension CrashVFS {
    typealias File = UnsafeMutablePointer<sqlite3_file>

    /// Calls one of the system's methods for the file, or fails if it has none.
    private static func forward(
        _ file: File?,
        _ call: (UnsafePointer<sqlite3_io_methods>, File) -> CInt?
    ) -> CInt {
        guard let file else { return SQLITE_MISUSE }
        let behind = systemFile(file)
        guard let methods = behind.pointee.pMethods else { return SQLITE_MISUSE }
        return call(methods, behind) ?? SQLITE_NOTFOUND
    }

    /// Version 2: with shared memory, which no crash keeps, and without mapped files, which nobody could note.
    static var trackedMethods: sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 2
        setContentMethods(&methods)
        setLockMethods(&methods)
        setSharedMemoryMethods(&methods)
        return methods
    }

    private static func setContentMethods(_ methods: inout sqlite3_io_methods) {
        methods.xClose = { file in
            let code = CrashVFS.forward(file) { $0.pointee.xClose?($1) }
            guard let file else { return code }
            UnsafeMutableRawPointer(file).assumingMemoryBound(to: CrashVFS.Header.self).pointee.tracked.release()
            file.pointee.pMethods = nil
            return code
        }
        methods.xRead = { file, buffer, count, offset in
            CrashVFS.forward(file) { $0.pointee.xRead?($1, buffer, count, offset) }
        }
        methods.xWrite = { file, buffer, count, offset in
            let code = CrashVFS.forward(file) { $0.pointee.xWrite?($1, buffer, count, offset) }
            if code == SQLITE_OK, let file, let buffer {
                let tracked = CrashVFS.tracked(file)
                let bytes = Array(UnsafeRawBufferPointer(start: buffer, count: Int(count)))
                tracked.disk.note(.write(tracked.number, offset: Int(offset), bytes: bytes))
            }
            return code
        }
        methods.xTruncate = { file, byteCount in
            let code = CrashVFS.forward(file) { $0.pointee.xTruncate?($1, byteCount) }
            if code == SQLITE_OK, let file {
                let tracked = CrashVFS.tracked(file)
                tracked.disk.note(.truncate(tracked.number, byteCount: Int(byteCount)))
            }
            return code
        }
        // Nothing waits for a device: what it would have is noted.
        methods.xSync = { file, _ in
            guard let file else { return SQLITE_MISUSE }
            let tracked = CrashVFS.tracked(file)
            tracked.disk.note(.synchronize(tracked.number))
            if tracked.mustSynchronizeNames {
                tracked.disk.note(.synchronizeNames)
                tracked.mustSynchronizeNames = false
            }
            return SQLITE_OK
        }
        methods.xFileSize = { file, byteCount in CrashVFS.forward(file) { $0.pointee.xFileSize?($1, byteCount) } }
    }

    private static func setLockMethods(_ methods: inout sqlite3_io_methods) {
        methods.xLock = { file, level in CrashVFS.forward(file) { $0.pointee.xLock?($1, level) } }
        methods.xUnlock = { file, level in CrashVFS.forward(file) { $0.pointee.xUnlock?($1, level) } }
        methods.xCheckReservedLock = { file, result in
            CrashVFS.forward(file) { $0.pointee.xCheckReservedLock?($1, result) }
        }
        methods.xFileControl = { file, operation, argument in
            CrashVFS.forward(file) { $0.pointee.xFileControl?($1, operation, argument) }
        }
        methods.xSectorSize = { file in CrashVFS.forward(file) { $0.pointee.xSectorSize?($1) } }
        methods.xDeviceCharacteristics = { file in
            CrashVFS.forward(file) { $0.pointee.xDeviceCharacteristics?($1) }
        }
    }

    private static func setSharedMemoryMethods(_ methods: inout sqlite3_io_methods) {
        methods.xShmMap = { file, page, pageByteCount, isExtending, address in
            CrashVFS.forward(file) { $0.pointee.xShmMap?($1, page, pageByteCount, isExtending, address) }
        }
        methods.xShmLock = { file, offset, count, flags in
            CrashVFS.forward(file) { $0.pointee.xShmLock?($1, offset, count, flags) }
        }
        methods.xShmBarrier = { file in
            _ = CrashVFS.forward(file) { methods, behind in
                methods.pointee.xShmBarrier?(behind)
                return SQLITE_OK
            }
        }
        methods.xShmUnmap = { file, mustDelete in
            CrashVFS.forward(file) { $0.pointee.xShmUnmap?($1, mustDelete) }
        }
    }
}
