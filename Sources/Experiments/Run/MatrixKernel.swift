import Glibc
import KnackNumerics

/// Which of OpenBLAS's kernels the program multiplies with.
public enum MatrixKernel {
  /// The user's own choice, which OpenBLAS reads when it is loaded, and the kernels that are left to try where the program
  /// chose.
  private static let choice = "OPENBLAS_CORETYPE", rest = "KNACK_KERNELS_LEFT"

  /// Starts the program anew with a faster kernel where OpenBLAS, not knowing the processor, chose a slow one; with the next
  /// slower one where that kernel multiplies wrongly. To be called first of all. Returns where the kernel is the right one, or
  /// the user's own choice.
  public static func choose() {
    if let left = getenv(rest) {
      guard (try? BLAS.prepare()) == nil else { return }
      restart(with: String(cString: left).split(separator: ",").map(String.init))
    } else if getenv(choice) == nil {
      let faster = BLAS.fasterKernels(than: BLAS.kernel, features: Machine.processorFeatures)
      if !faster.isEmpty { restart(with: faster + [BLAS.kernel]) }
    }
  }

  /// Replaces this process by the same program with the same arguments. Where the system refuses, the program goes on as it is.
  private static func restart(with kernels: [String]) {
    guard let kernel = kernels.first else { return }
    setenv(choice, kernel, 1)
    setenv(rest, kernels.dropFirst().joined(separator: ","), 1)
    execv("/proc/self/exe", CommandLine.unsafeArgv)
  }
}
