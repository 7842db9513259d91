import Tokenize

@main
enum Demo {
    static func main() {
        print("Tokenize")
    }
}
