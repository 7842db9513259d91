import Tokenize
